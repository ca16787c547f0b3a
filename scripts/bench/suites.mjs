import { cli } from './rows-cli.mjs';
import { execs } from './rows-execs.mjs';
import { large } from './rows-large.mjs';
import { pushFar } from './rows-delay.mjs';
import { peers } from './rows-peers.mjs';
import { push, pushPipe } from './rows-push.mjs';
import { spool } from './rows-spool.mjs';
import { untouched } from './rows-untouched.mjs';

/**
 * What a suite is given.
 *
 * @typedef {object} Task
 * @property {import('./world.mjs').World} world
 * @property {number} rounds
 * @property {number} slowRounds for what takes a second or more
 * @property {(key: string) => boolean} isWanted
 */

/**
 * Rows that are measured together.
 *
 * @typedef {object} Suite
 * @property {readonly string[]} keys of its rows, for `--only`
 * @property {(task: Task) => AsyncGenerator<import('./measure.mjs').Row>} run
 */

/**
 * All of them, in the table's order.
 *
 * @type {readonly Suite[]}
 */
export const SUITES = [execs, untouched, push, pushPipe, pushFar, cli, large, spool, peers];
