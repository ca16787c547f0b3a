import { join } from 'node:path';
import { t } from '../../core/translate.ts';
import { parseNote } from '../../hook/note.ts';
import {
  listNames,
  makeFolder,
  makeTemporaryFolder,
  readText,
  rm,
  writeAtomic,
} from '../../platform/files.ts';
import { runProgram } from '../../platform/spawn.ts';
import { noteNames } from '../../push/notes.ts';
import { type Finding, type Patient, fine, mendable, wrong } from './check.ts';

const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/**
 * Pushes HEAD to a throwaway bare repository and sees which hooks write a note, and that a runner settles it. The
 * push is switched off by CODEARTS_HOOKS=0: the way is the same, and no build is started.
 */
export async function probePush({ state, context }: Patient): Promise<Finding> {
  const { repository, stateDir, isInstalled, git } = state;
  if (!isInstalled) return mendable(t`codearts-hooks is not installed here`);
  const head = (await git.run(['rev-parse', '--verify', '--quiet', 'HEAD'])).stdout.trim();
  if (head === '') return fine(t`not made: there is no commit to push`);
  const folder = await makeTemporaryFolder('codearts-hooks-doctor-');
  try {
    const remote = join(folder, 'remote.git');
    await git.run(['init', '--quiet', '--bare', '--template=', remote]);
    await writeReceiver(folder, join(stateDir, 'notes'));
    const known = new Set(await noteNames(join(stateDir, 'notes')));
    const receive = `git -c core.hooksPath='${join(folder, 'hooks')}' receive-pack`;
    const pushed = await runProgram(
      'git',
      ['push', '--quiet', `--receive-pack=${receive}`, remote, 'HEAD:refs/heads/codearts-hooks-probe'],
      {
        cwd: repository.workTree ?? repository.gitDir,
        env: { ...context.effects.env, CODEARTS_HOOKS: '0' },
        timeoutMs: 10 * 60_000,
      },
    );
    if (pushed.exitCode !== 0) {
      return wrong(
        t`the push was refused: ${pushed.output.trim().slice(-300)}`,
        t`see which of your hooks refuses it`,
      );
    }
    return await judge({ folder, remote, known, stateDir }, context.effects.clock);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** While the push is in flight, its notes are there to be seen: the receiving side copies them. */
async function writeReceiver(folder: string, notes: string): Promise<void> {
  const script = `#!/bin/sh\nmkdir -p '${folder}/seen' && cp '${notes}'/*.* '${folder}/seen' 2>/dev/null\nexit 0\n`;
  await makeFolder(join(folder, 'hooks'));
  await writeAtomic(join(folder, 'hooks', 'pre-receive'), script, { mode: 0o755 });
}

interface Probe {
  readonly folder: string;
  readonly remote: string;
  readonly known: ReadonlySet<string>;
  readonly stateDir: string;
}

async function judge(
  { folder, remote, known, stateDir }: Probe,
  clock: Patient['context']['effects']['clock'],
): Promise<Finding> {
  const fired: { readonly name: string; readonly layer: string }[] = [];
  for (const name of await noteNames(join(folder, 'seen'))) {
    if (known.has(name)) continue;
    const text = (await readText(join(folder, 'seen', name))) ?? '';
    if (parseNote(text).url === remote)
      fired.push({ name, layer: /^layer (.*)$/m.exec(text)?.[1] ?? 'files' });
  }
  if (fired.length === 0) return wrong(t`no hook of ours ran`, 'codearts-hooks doctor --fix');
  const deadline = clock.now() + PATIENCE_MS;
  for (;;) {
    const left = await listNames(join(stateDir, 'notes'));
    if (!fired.some(({ name }) => left.includes(name))) break;
    if (clock.now() > deadline)
      return wrong(t`the hooks ran, and no runner came`, t`look into ${join(stateDir, 'log')}`);
    await clock.sleep(LOOK_MS);
  }
  const layers = new Set(fired.map(({ layer }) => layer === 'config'));
  return fine(
    layers.size === 2
      ? t`a push runs ours by a file and git's config, and the runner takes it up`
      : layers.has(true)
        ? t`a push runs ours by git's config, and the runner takes it up`
        : t`a push runs ours by a file, and the runner takes it up`,
  );
}
