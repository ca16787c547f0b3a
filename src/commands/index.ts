import { type CommandSpec, JSON_OPTION } from './define.ts';

/** Every command, in the order of `--help`. Each is loaded when it is called. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'install',
    summary: 'Set up this repository: from now on every git push starts its builds',
    options: [
      ['--dry-run', 'show what would be done as a diff, and do nothing'],
      ['--yes', 'answer every question with yes: approve the jobs, add to hooks in the work tree'],
      ['--server', 'in a bare repository: builds start when others push to it'],
    ],
    examples: ['codearts-hooks install', 'codearts-hooks install --dry-run'],
    load: async () => (await import('./install.ts')).install,
  },
  {
    name: 'uninstall',
    summary: 'Take everything out again, and put earlier hooks back as they were',
    options: [['--force', 'drop triggers that have not been delivered, without asking']],
    load: async () => (await import('./uninstall.ts')).uninstallCommand,
  },
  {
    name: 'login',
    summary: 'Store credentials for CodeArts Build, once it has taken them',
    options: [
      ['--stdin', 'read them from standard input: lines ak=..., sk=..., or JSON, or a token'],
      ['--region <region>', "for this region; by default the repository's"],
      ['--no-verify', 'store them without asking the service'],
    ],
    examples: ['codearts-hooks login', 'codearts-hooks login --region cn-north-4 --stdin < credentials.txt'],
    load: async () => (await import('./login.ts')).login,
  },
  {
    name: 'logout',
    summary: 'Forget stored credentials, and tokens got with them',
    options: [['--all', 'for every host, not only the one of this repository']],
    load: async () => (await import('./logout.ts')).logout,
  },
  {
    name: 'whoami',
    summary: 'Show where credentials are from, and whose they are; never the secret',
    options: [['--verify', 'ask the service whether it takes them; no build is started'], JSON_OPTION],
    load: async () => (await import('./whoami.ts')).whoami,
  },
  {
    name: 'init',
    summary: 'Prepare this repository for its team: the root package.json sets up every clone',
    options: [
      ['--prepare', 'only add the script to the root package.json'],
      ['--dry-run', 'show what would be done as a diff, and do nothing'],
    ],
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'trust',
    summary: "Show this repository's endpoint, region and jobs, and approve them",
    options: [['--yes', 'approve without asking'], ['--revoke', 'take the approval back'], JSON_OPTION],
    load: async () => (await import('./trust.ts')).trust,
  },
  {
    name: 'status',
    summary: 'Show whether hooks, config and credentials are in place, and what waits',
    options: [JSON_OPTION],
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'doctor',
    summary: 'Check every cause by which a push could not start its builds, and name the remedy',
    options: [
      ['--fix', 'mend what installing again mends'],
      ['--live', 'ask the service too; no build is started'],
      ['--probe', 'push HEAD to a throwaway repository too, by all your hooks, and see ours run'],
      JSON_OPTION,
    ],
    examples: ['codearts-hooks doctor', 'codearts-hooks doctor --fix --probe'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'history',
    summary: 'List the pushes, newest first, with the builds that they started',
    options: [['-n, --number <n>', 'how many (20)'], JSON_OPTION],
    load: async () => (await import('./history.ts')).history,
  },
  {
    name: 'show',
    summary: 'Show one push in full: request, attempts, answer, build',
    args: [['<id>', 'its id, or the first digits of it']],
    options: [JSON_OPTION],
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'trigger',
    summary: 'Start the builds of a ref by hand',
    args: [['[ref]', 'a branch, a tag, or a range <old>..<branch>; the current branch by default']],
    options: [
      ['--job <name>', 'this job, whatever its rules say'],
      ['--dry-run', 'print the exact request, and send nothing'],
      ['--wait', 'wait for the answer of the service'],
      JSON_OPTION,
    ],
    examples: ['codearts-hooks trigger --dry-run', 'codearts-hooks trigger main --wait'],
    load: async () => (await import('./trigger.ts')).trigger,
  },
  {
    name: 'explain',
    summary: 'Show which rules match a push and why the others do not, line by line',
    args: [['[range]', '<old>..<branch>, a branch or a tag; by default what git push would push, or has']],
    options: [['--remote <name>', 'as if pushed there (origin)'], JSON_OPTION],
    examples: [
      'codearts-hooks explain',
      'codearts-hooks explain v1.2.0',
      'codearts-hooks explain HEAD~3..main',
    ],
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'flush',
    summary: 'Deliver now what waits',
    options: [
      ['--all', 'in every repository that was set up on this machine'],
      ['--wait [seconds]', 'stay for retries, a minute by default'],
      JSON_OPTION,
    ],
    load: async () => (await import('./flush.ts')).flush,
  },
  {
    name: 'redeliver',
    summary: 'Send again what has failed, expired or waits for you',
    args: [['[id...]', 'ids, or the first digits of them']],
    options: [['--failed', 'all that has failed or expired'], JSON_OPTION],
    examples: ['codearts-hooks redeliver 344b559', 'codearts-hooks redeliver --failed'],
    load: async () => (await import('./redeliver.ts')).redeliver,
  },
  {
    name: 'discard',
    summary: 'Take out of the queue what is not to be built any more',
    args: [['<id...>', 'ids, or the first digits of them']],
    options: [JSON_OPTION],
    load: async () => (await import('./discard.ts')).discard,
  },
  {
    name: 'sandbox',
    summary: 'Run a stand-in of CodeArts Build on this machine, for trying and for tests',
    options: [
      ['--port <n>', 'listen there (any free port)'],
      ['--jobs <ids>', 'the jobs that exist, separated by commas (all)'],
      ['--json', 'print one line of JSON when ready'],
    ],
    load: async () => (await import('./sandbox.ts')).sandbox,
  },
  {
    name: 'demo',
    summary: 'Show it: a throwaway repository, a real push, the build that it starts',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'run',
    summary: 'What hook managers call: runs a shim of this repository',
    args: [['<hook> [args...]', 'the hook and its arguments']],
    isHidden: true,
    isPassThrough: true,
    load: async () => (await import('./run.ts')).run,
  },
];
