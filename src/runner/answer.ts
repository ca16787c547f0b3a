import type { PushEvent } from '../event/push-event.ts';
import type { Answer, Question } from '../event/question.ts';
import { readEvents } from '../spool/shelves.ts';
import { discard } from './discard.ts';
import { draftManually } from './draft.ts';
import { withIntake } from './intake.ts';
import { redeliver } from './redeliver.ts';
import type { RunContext } from './run-context.ts';

/** What a command asked for, as JSON for its standard input. @param runs one for each spool of the repository */
export async function answer(
  question: Question,
  runs: readonly RunContext[],
): Promise<readonly (Answer | object)[]> {
  const [first] = runs;
  if (!first) throw new Error('there is no folder for the queue that can be written to');
  if (question.kind === 'trigger') return await draftManually(question.request, first);
  const change = question.kind === 'redeliver' ? redeliver : discard;
  const answers: Answer[] = [];
  for (const run of runs) {
    const isTaken = await withIntake(run, async () => {
      const events = await readEvents(run.spool);
      for (const event of events.filter(({ id }) => question.ids.includes(id))) {
        answers.push(await answerFor(event, change, run));
      }
    });
    if (!isTaken) throw new Error('another process holds the queue');
  }
  return answers;
}

async function answerFor(
  event: PushEvent,
  change: (event: PushEvent, run: RunContext) => Promise<string>,
  run: RunContext,
): Promise<Answer> {
  const reason = await change(event, run);
  return { id: event.id, isDone: reason === '', reason };
}
