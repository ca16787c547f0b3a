import { problemText, whyInvalid } from '../../config/problem-text.ts';
import { t, translated } from '../../core/translate.ts';
import { checkRemote } from '../../rules/remotes.ts';
import { stripUrl } from '../../core/redact.ts';
import { type Check, fine, wrong } from './check.ts';

const config: Check = {
  name: 'config',
  async run({ state: { loaded } }) {
    if (loaded.path === null)
      return wrong(t`there is no codearts-hooks.json`, t`write one: codearts-hooks install shows how`);
    if (!loaded.config) return wrong(translated(whyInvalid(loaded)), t`mend ${loaded.path}`);
    if (loaded.config.jobs.length === 0) return wrong(t`${loaded.path} names no job`, t`add one to "jobs"`);
    const [problem] = loaded.problems;
    if (problem) return wrong(problemText(loaded.path, problem), t`mend ${loaded.path}`);
    return fine(`${loaded.path}: ${loaded.config.jobs.map(({ name }) => name).join(', ')}`);
  },
};

const remotes: Check = {
  name: 'remotes',
  async run({ state: { settings, loaded } }) {
    const names = settings.remotes.map(({ name }) => name);
    if (names.length === 0) return wrong(t`there is no remote to push to`, 'git remote add origin <url>');
    const origin = settings.remotes.find(({ name }) => name === 'origin') ?? settings.remotes[0];
    const defaultRemote = names.includes('origin') || names.length === 1 ? (origin?.name ?? null) : null;
    const missed = (loaded.config?.jobs ?? []).find(
      (job) =>
        !settings.remotes.some(
          ({ name, urls }) =>
            checkRemote(job.remotes, {
              remote: name,
              url: stripUrl(urls[0] ?? ''),
              defaultRemote,
              defaultUrls: [],
            }).isPassed,
        ),
    );
    if (!missed) return fine(names.join(', '));
    return wrong(
      t`the job ${missed.name} asks for ${missed.remotes?.join(', ') ?? 'origin'}; the remotes are ${names.join(', ')}`,
      t`set "remotes" of the job to one of them`,
    );
  },
};

export const SETTINGS: readonly Check[] = [config, remotes];
