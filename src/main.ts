import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands/index.ts';
import type { CommandContext, CommandSpec, Options } from './commands/define.ts';
import { speak } from './commands/speak.ts';
import { UserError } from './core/errors.ts';
import { ExitCode } from './core/exit-code.ts';
import { hideSecretsOf } from './core/known-secrets.ts';
import { t, translated } from './core/translate.ts';
import { VERSION } from './core/version.ts';
import type { Effects } from './platform/effects.ts';
import { errorReport } from './ui/error-report.ts';
import { parserText } from './ui/parser-text.ts';
import { paintFor } from './ui/style.ts';
import { terminalColumns, widthOf, wrapTo } from './ui/width.ts';

/** Runs the command line; the exit code is design.md section 4's. The only place that catches. */
export async function main(argv: readonly string[], effects: Effects): Promise<number> {
  hideSecretsOf(effects.env);
  let exitCode: number = ExitCode.Ok;
  const isDebug = effects.env['CODEARTS_HOOKS_DEBUG'] === '1';
  let shown = { isVerbose: isDebug || argv.includes('--verbose'), isColour: !argv.includes('--no-color') };
  try {
    await speak(argv, effects.env);
    // Of all the others nothing is told when one is called by its name.
    const called = COMMANDS.filter(({ name }) => name === argv[0]);
    const program = programFor(
      called.length > 0 ? called : COMMANDS,
      effects,
      async (spec, args, options) => {
        const context = contextFor(options, effects);
        shown = { ...shown, isVerbose: context.isVerbose };
        const run = await spec.load();
        exitCode = await run(args, options, context);
      },
    );
    await program.parseAsync(argv, { from: 'user' }).catch((error: unknown) => {
      // Help was asked for, and has been written.
      if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
    });
    await effects.stdout.finish();
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return ExitCode.Usage;
    const { stderr } = effects;
    const paint = paintFor(stderr.isTTY, effects.env, shown.isColour);
    const columns = terminalColumns(stderr);
    stderr.write(errorReport(error, { paint, isVerbose: shown.isVerbose, columns }));
    return error instanceof UserError ? error.exitCode : ExitCode.Failed;
  }
}

type Act = (spec: CommandSpec, args: readonly string[], options: Options) => Promise<void>;

/** A column of help is never narrower: the terminal may wrap it. */
const NARROWEST = 40;

/** The command line as commander has it. */
function programFor(
  specs: readonly CommandSpec[],
  effects: Pick<Effects, 'stdout' | 'stderr'>,
  act: Act,
): Command {
  const program = new Command('codearts-hooks')
    .description(t`git push starts your Huawei Cloud CodeArts build.`)
    .version(VERSION, '-V, --version', t`print the version`)
    .helpOption('-h, --help', t`show this help`)
    .helpCommand(false)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({
      styleTitle: parserText,
      displayWidth: widthOf,
      // Its own breaks at blanks alone, of which Chinese has few.
      boxWrap: (text, columns) => wrapTo(text, Math.max(columns, NARROWEST)).join('\n'),
    })
    .configureOutput({
      writeOut: (text) => effects.stdout.write(text),
      writeErr: (text) => effects.stderr.write(text),
      outputError: (text, write) => write(`${parserText(text)}${t`hint: codearts-hooks --help`}\n`),
    })
    .addHelpText('after', `\n${t`All commands take -C <dir>, --quiet, --verbose, --no-color and --help.`}`);
  addCommon(program);
  for (const spec of specs) program.addCommand(commandFor(spec, act), { hidden: spec.isHidden === true });
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

function addCommon(command: Command): void {
  command
    .option('-C <dir>', t`as if called in this folder`)
    .option('--quiet', t`say nothing but errors`)
    .option('--verbose', t`say more`)
    .option('--no-color', t`no colour`);
}

/** A command. Its texts are data, which the catalogue has as they are. */
function commandFor(spec: CommandSpec, act: Act): Command {
  const command = new Command(spec.name)
    .description(translated(spec.summary))
    .helpOption('-h, --help', t`show this help`);
  for (const [syntax, help] of spec.args ?? [])
    for (const one of syntax.split(' ')) command.argument(one, translated(help));
  for (const [flags, help] of spec.options ?? []) command.option(flags, translated(help));
  if (spec.isPassThrough) command.passThroughOptions().allowUnknownOption();
  addCommon(command);
  const examples = (spec.examples ?? []).map((example) => `  ${example}\n`).join('');
  if (examples) command.addHelpText('after', `\n${t`Examples:`}\n${examples}`);
  const wantNoBoth = watchBoth(command);
  command.action(async () => {
    wantNoBoth();
    const options = command.optsWithGlobals();
    // The program has the option too, and what that does not say would win.
    await act(spec, command.args, { ...options, color: options['color'] && command.opts()['color'] });
  });
  return command;
}

/** What throws once a call has had both `--x` and `--no-x`, of which the parser keeps the last. */
function watchBoth(command: Command): () => void {
  const given = new Set<string>();
  for (const option of command.options) {
    const name = option.name();
    command.on(`option:${name}`, () => given.add(name));
  }
  return () => {
    const both = [...given].find((name) => given.has(`no-${name}`));
    if (both === undefined) return;
    throw new UserError('usage', t`--${both} and --no-${both} cannot both be meant`, {
      hint: `codearts-hooks ${command.name()} --help`,
    });
  };
}

function contextFor(options: Options, effects: Effects): CommandContext {
  const isQuiet = options['quiet'] === true;
  const isColour = options['color'] !== false;
  const directory = typeof options['C'] === 'string' ? options['C'] : '.';
  return {
    effects,
    directory: resolve(effects.cwd, directory),
    isQuiet,
    isVerbose: options['verbose'] === true || effects.env['CODEARTS_HOOKS_DEBUG'] === '1',
    paint: paintFor(effects.stdout.isTTY, effects.env, isColour),
    paintError: paintFor(effects.stderr.isTTY, effects.env, isColour),
    print: (text) => effects.stdout.write(text),
    say: (line) => {
      if (!isQuiet) effects.stderr.write(`${line}\n`);
    },
  };
}
