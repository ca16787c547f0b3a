import { randomBytes } from 'node:crypto';
import { isRecord, stringAt } from '../core/record.ts';
import type { Call } from './admit.ts';
import { type Gate } from './authenticate.ts';
import { countFailure, isLocked } from './identities.ts';
import { type Answer, type Reading } from './readings.ts';
import { jsonReply } from './reply.ts';

const REGION = /^[a-z]+(?:-[a-z]+)+-\d+$/;

/** `POST /v3/auth/tokens`: a token for a user and a password, of one project or of the whole account. */
export const iamToken: Reading = {
  isFor: ({ method, path }) => method === 'POST' && /^\/v3\/auth\/tokens(?:\?|$)/.test(path),
  answer: (call, service) => {
    const { identities, rules, ledger } = service;
    const now = Date.now();
    if (rules.iam === 'unavailable')
      return iamError(503, 'Service Unavailable', 'The service is unavailable.');
    const asked = askedIn(call);
    if (!asked) return iamError(400, 'Bad Request', 'The request body is invalid.');
    const who = `${asked.domain}/${asked.user}`;
    if (isLocked(ledger, who, now)) return iamError(401, 'Unauthorized', 'The account is locked.');
    const { user } = identities;
    const isRight =
      asked.user === user.name && asked.password === user.password && asked.domain === user.domain;
    countFailure(ledger, who, !isRight, now);
    if (!isRight) return iamError(401, 'Unauthorized', 'The username or password is wrong.');
    if (asked.project !== null && !REGION.test(asked.project)) {
      return iamError(401, 'Unauthorized', 'Failed to find the project.');
    }
    return issue(asked, service, now);
  },
  recorded: (body) => withoutPassword(body),
};

interface Asked {
  readonly user: string;
  readonly password: string;
  readonly domain: string;
  /** Null: the scope is the account's. */
  readonly project: string | null;
}

function askedIn({ body }: Call): Asked | null {
  const auth = at(body.kind === 'read' ? body.value : null, 'auth');
  const user = at(at(at(auth, 'identity'), 'password'), 'user');
  const [name, password, domain] = [
    stringAt(user, 'name'),
    stringAt(user, 'password'),
    stringAt(at(user, 'domain'), 'name'),
  ];
  if (name === null || password === null || domain === null) return null;
  return { user: name, password, domain, project: stringAt(at(at(auth, 'scope'), 'project'), 'name') };
}

function issue({ user, domain, project }: Asked, { rules, ledger }: Gate, now: number): Answer {
  const start = 'MIISandbox';
  const length = Math.max(rules.tokenLength - start.length, 32);
  const token = `${start}${randomBytes(length).toString('base64url').slice(0, length)}`;
  const expiresAt = now + rules.tokenLifetimeMs;
  ledger.issued.set(token, { region: project, expiresAt });
  const shown = (ms: number): string => new Date(ms + rules.clockOffsetMs).toISOString().replace('Z', '000Z');
  const scope = project === null ? {} : { project: { id: '0'.repeat(31) + '1', name: project } };
  const reply = jsonReply(201, {
    token: {
      methods: ['password'],
      expires_at: shown(expiresAt),
      issued_at: shown(now),
      user: { name: user, domain: { name: domain } },
      ...scope,
    },
  });
  return { outcome: 'issued', reply: { ...reply, headers: { ...reply.headers, 'X-Subject-Token': token } } };
}

function iamError(code: number, title: string, message: string): Answer {
  return { outcome: `IAM.${code}`, reply: jsonReply(code, { error: { code, message, title } }) };
}

function withoutPassword(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null), (key, value: unknown) =>
    key === 'password' && typeof value === 'string' ? '[redacted]' : value,
  );
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : null;
}
