import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { run } from '../fixtures/run.ts';
import { SHOP_CI, makeShop } from '../fixtures/shop.ts';
import { lacks } from '../fixtures/unavailable.ts';

let shop: Awaited<ReturnType<typeof makeShop>>;
/** The ids of two pushes, as they are shown. */
let ids: string[];

beforeAll(async () => {
  shop = await makeShop();
  await shop.cli(['init', '--region', 'cn-north-4', '--job', SHOP_CI, '--yes']);
  await shop.cli(['init', '--job', 'docs-site', '--yes']);
  await shop.git('tag', 'v1.0.0');
  await shop.git('branch', 'feature/cart');
  await shop.cli(['trigger', '--wait']);
  const rows = JSON.parse((await shop.cli(['history', '--json'])).stdout) as { id: string }[];
  ids = rows.map(({ id }) => id.slice(0, 7));
});

afterAll(async () => {
  await shop.close();
});

/** What each line is completed to. */
type Complete = (line: string) => Promise<string[]>;

/** Sources the script in bash and calls what it registers, as readline does: `=` is a word of its own. */
const inBash: Complete = async (line) => {
  const script = `source <(codearts-hooks completion bash)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_codearts_hooks
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const words = line
    .split(' ')
    .flatMap((word) => word.split(/(=)/))
    .filter((word, n, all) => word !== '' || n === all.length - 1);
  const { stdout, stderr } = await run('bash', ['--norc', '--noprofile', '-c', script, 'bash', ...words], {
    cwd: shop.dir,
    env: shop.loggedIn,
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean).sort();
};

const inFish: Complete = async (line) => {
  const script = 'codearts-hooks completion fish | source; complete -C "$argv[1]"';
  const { stdout, stderr } = await run('fish', ['--no-config', '-c', script, line], {
    cwd: shop.dir,
    env: shop.loggedIn,
  });
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((found) => found.split('\t')[0] ?? '')
    .sort();
};

/** Lines, and what they are completed to in every shell. */
const LINES: readonly (readonly [line: string, found: () => readonly string[]])[] = [
  ['codearts-hooks tr', () => ['trigger', 'trust']],
  ['cah comp', () => ['completion']],
  ['codearts-hooks trigger --j', () => ['--job', '--json']],
  ['codearts-hooks trigger --job ', () => ['docs-site', 'shop-ci']],
  ['codearts-hooks trigger --wait --job sh', () => ['shop-ci']],
  ['codearts-hooks trigger f', () => ['feature/cart']],
  ['codearts-hooks explain v1.0.0..ma', () => ['v1.0.0..main']],
  ['codearts-hooks trigger main ', () => []],
  ['codearts-hooks show ', () => ids],
  ['codearts-hooks redeliver 0000000 ', () => ids],
  ['codearts-hooks explain --remote ', () => ['origin']],
  ['codearts-hooks login --region cn-north-', () => ['cn-north-1', 'cn-north-4']],
  ['codearts-hooks completion ', () => ['bash', 'fish', 'zsh']],
  ['codearts-hooks history -n ', () => []],
];

test.for(LINES)('bash completes %j', async ([line, found]) => {
  expect(await inBash(line)).toEqual([...found()].sort());
});

test.skipIf(lacks('fish')).for(LINES)('fish completes %j', async ([line, found]) => {
  expect(await inFish(line)).toEqual([...found()].sort());
});

test('bash completes behind = and -C, and each command with each of its options', async () => {
  expect(await inBash('codearts-hooks trigger --job=do')).toEqual(['docs-site']);
  expect(await inBash(`codearts-hooks -C ${shop.dir} trigger --job shop`)).toEqual(['shop-ci']);
  expect(await inBash('codearts-hooks -C / trigger --job shop')).toEqual([]);
  const visible = COMMANDS.filter(({ isHidden }) => !isHidden);
  expect(await inBash('codearts-hooks ')).toEqual(visible.map(({ name }) => name).sort());
  for (const { name, options = [] } of visible.filter(({ name }) =>
    ['init', 'install', 'history'].includes(name),
  )) {
    const flags = options.flatMap(([syntax]) =>
      [...syntax.matchAll(/--?[a-z][a-z-]*/g)].map(([flag]) => flag),
    );
    expect(await inBash(`codearts-hooks ${name} -`)).toEqual(
      ['-C', '--quiet', '--verbose', '--no-color', '-h', '--help', ...flags].sort(),
    );
  }
});

test('a name with a blank is completed as one word', async () => {
  const odd = join(shop.root, 'odd');
  await shop.git('clone', '--quiet', '../shop.git', odd);
  await writeFile(
    join(odd, 'codearts-hooks.json'),
    JSON.stringify({ region: 'cn-north-4', jobs: [{ name: "it's a job", id: SHOP_CI }] }),
  );

  expect(await inBash(`codearts-hooks -C ${odd} trigger --job `)).toEqual([String.raw`it\'s\ a\ job`]);
});

test('complete never fails and never says a word: no repository, a broken queue, an unknown kind', async () => {
  const outside = await shop.cli(['complete', 'jobs'], { cwd: shop.root });
  const unknown = await shop.cli(['complete', 'planets', '--x']);
  const nothing = await shop.cli(['complete']);
  const broken = join(shop.root, 'broken');
  await shop.git('clone', '--quiet', '../shop.git', broken);
  await writeFile(join(broken, '.git', 'codearts-hooks'), 'no folder\n');
  const queue = await shop.cli(['complete', 'events'], { cwd: broken });

  for (const ran of [outside, unknown, nothing, queue])
    expect(ran).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test.for([
  ['bash', 'shellcheck', ['-s', 'bash']],
  ['zsh', 'zsh', ['-n']],
  ['fish', 'fish', ['-n']],
] as const)('the script for %s is without fault, says %s', async ([shell, program, args], context) => {
  context.skip(lacks(program));
  const path = join(shop.root, `completion.${shell}`);
  await writeFile(path, (await shop.cli(['completion', shell])).stdout);

  const checked = await run(program, [...args, path], { cwd: shop.dir, env: shop.env });

  expect(checked).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('another shell is refused, with the one that was meant', async () => {
  const ran = await shop.cli(['completion', 'bsh']);

  expect(ran).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('did you mean bash?'),
  });
});

test('--help of every command has examples, and each of them is a command with options that exist', async () => {
  for (const { name, examples = [] } of COMMANDS.filter(({ isHidden }) => !isHidden)) {
    const { stdout } = await shop.cli([name, '--help']);
    expect(stdout, name).toContain('\nExamples:\n  ');
    const called = examples.join('\n').matchAll(/codearts-hooks (?:-C \S+ )?([a-z]+)([^|>#)]*)/g);
    const seen = [...called].map(([, command = '', rest = '']) => {
      const spec = COMMANDS.find((one) => one.name === command);
      expect(spec, `${name}: ${command}`).toBeDefined();
      const flags = (spec?.options ?? []).flatMap(([syntax]) => syntax.split(/[ ,]+/));
      if (spec?.isPassThrough) return command; // git's options are git's
      for (const flag of rest.match(/(?<= )--?[a-z][a-z-]*/g) ?? [])
        expect(flags, `${name}: ${flag}`).toContain(flag);
      return command;
    });
    expect(seen, name).toContain(name);
  }
});
