import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Plugin, defineConfig } from 'rolldown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const common = {
  platform: 'node' as const,
  resolve: {
    alias: {
      ofetch: resolve('scripts/ofetch-bare.mjs'),
      // Its main entry is UMD, whose inner requires no bundler can follow.
      'jsonc-parser': resolve('node_modules/jsonc-parser/lib/esm/main.js'),
    },
  },
  transform: { define: { __VERSION__: JSON.stringify(version), __PACE__: '1', __CHECKPOINTS__: 'false' } },
};

/**
 * What most commands do without: libraries, and the catalogue of another language. In files of their own, which are read
 * when they are asked for, as V8 has to read through a file whole to find out what is in it.
 */
const LATE = {
  execa: 'execa',
  conf: resolve('src/config/conf.ts'),
  clack: '@clack/prompts',
  'simple-git': 'simple-git',
  'zh-cn': resolve('src/messages/zh-cn/index.ts'),
};

/** Has the command line ask for them there. */
const late: Plugin = {
  name: 'late',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const [name] = Object.entries(LATE).find(([, input]) => input === source || input === found?.id) ?? [];
    return name === undefined ? null : { id: `./late/${name}.cjs`, external: true };
  },
};

export default defineConfig([
  {
    ...common,
    input: 'src/runner/entry.ts',
    // One file that the installer copies; CommonJS starts faster, and needs no package.json beside it. Minified: what
    // is read before the first line runs is half as much.
    output: {
      file: 'dist/runner.cjs',
      format: 'cjs',
      codeSplitting: false,
      exports: 'none',
      minify: true,
    },
  },
  {
    ...common,
    input: 'src/runner/boot.ts',
    output: { file: 'dist/boot.cjs', format: 'cjs', exports: 'none', minify: true },
  },
  {
    ...common,
    input: 'src/cli.ts',
    plugins: [late],
    output: {
      file: 'dist/main.cjs',
      format: 'cjs',
      codeSplitting: false,
      exports: 'none',
      // By require: what import() makes of the default export of a CommonJS file is another thing.
      dynamicImportInCjs: false,
      minify: true,
    },
  },
  {
    ...common,
    input: LATE,
    output: {
      dir: 'dist',
      entryFileNames: 'late/[name].cjs',
      chunkFileNames: 'late/[name].cjs',
      format: 'cjs',
      exports: 'named',
      minify: true,
    },
  },
  {
    ...common,
    input: 'src/bin.ts',
    output: {
      dir: 'dist',
      entryFileNames: 'cli.cjs',
      chunkFileNames: '[name].cjs',
      format: 'cjs',
      exports: 'named',
      minify: true,
    },
  },
  {
    ...common,
    input: { index: 'src/api/index.ts' },
    // The sandbox wants at once what a client wants when it signs.
    checks: { ineffectiveDynamicImport: false },
    output: { dir: 'dist', chunkFileNames: 'index/[name].js', format: 'esm', minify: true },
  },
]);
