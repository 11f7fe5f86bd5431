/** Runs commands against the real functions and the model side by side, and compares after each. */
import {
  readToken,
  refuse,
  verifySession,
  type SessionPolicy,
  hashSecret,
  parseToken,
  publicSessionId,
} from '#functions/testing';
import { expect } from '@jest/globals';
import type { Fault } from './faulty-session-store';
import { PEOPLE, type Command, type Person, type TokenChoice } from './session-commands';
import { isActive, SessionModel, type Verdict } from './session-model';
import {
  createSessionWorld,
  type CallResult,
  type FunctionName,
  type SessionWorld,
} from './session-world';

/** What a step should do: its call, its reply, its cost, and what is different afterwards. */
interface Step {
  name: FunctionName;
  openid: string | undefined;
  event: object;
  reply: object;
  operations: readonly string[];
  change: (result: CallResult) => void;
}

interface Shown {
  person: Person;
  token: string;
}

const GARBAGE = `${'x'.repeat(43)}.${'y'.repeat(43)}`;

export class SessionRun {
  readonly met = new Map<string, number>();
  private readonly world: SessionWorld;
  private readonly model: SessionModel;

  constructor(policy: SessionPolicy) {
    this.world = createSessionWorld(policy);
    this.model = new SessionModel(policy);
  }

  private get policy(): SessionPolicy {
    return this.model.policy;
  }

  private get oneSlot(): boolean {
    return this.policy.sessionsPerUser === 1;
  }

  async run(command: Command): Promise<void> {
    this.count(command.kind);
    if (command.kind === 'advance') {
      const { renewAfterMs, idleLifetimeMs, absoluteLifetimeMs } = this.policy;
      this.world.now += {
        millisecond: 1,
        renewal: renewAfterMs,
        almostIdle: idleLifetimeMs - 1,
        idle: idleLifetimeMs,
        absolute: absoluteLifetimeMs,
      }[command.by];
    } else if (command.kind === 'limit') {
      this.world.policy = { ...this.policy, sessionsPerUser: command.sessionsPerUser };
      this.model.policy = this.world.policy;
    } else {
      await this.take(this.stepFor(command), command.fault);
    }
    this.checkPromises();
  }

  private async take(step: Step, fault: Fault | undefined): Promise<void> {
    const result = await this.world.call(step.name, step.openid, step.event, fault);
    const { reply, hit, wrote, operations } = result;
    if (hit && fault !== undefined) {
      this.count(`${fault.kind} ${fault.when}`);
      // A session that is good stays usable when only its renewal failed.
      const renews = fault.at === 2 && step.operations[1] === 'renew';
      if (fault.kind === 'crash') expect(reply).toBeUndefined();
      else if (renews) expect(reply).toMatchObject({ ok: true });
      else expect(reply).toMatchObject({ ok: false, code: 'UNAVAILABLE', retryable: true });
      if (wrote) step.change(result);
      return;
    }
    expect(reply).toMatchObject(step.reply);
    expect(operations).toEqual(step.operations);
    step.change(result);
  }

  private stepFor(command: Exclude<Command, { kind: 'advance' | 'limit' }>): Step {
    switch (command.kind) {
      case 'login':
        return this.login(command);
      case 'check':
        return this.check(this.show(command.token));
      case 'list':
        return this.list(this.show(command.token));
      case 'revoke':
        return this.revoke(this.show(command.token), this.show(command.target));
      case 'logout':
        return this.logout(this.show(command.token), command);
      case 'sweep':
        return this.sweep();
    }
  }

  private show({ back, shownBy }: TokenChoice): Shown {
    const { tokens } = this.model;
    const known = tokens[tokens.length - 1 - (back % Math.max(tokens.length, 1))];
    if (known === undefined || shownBy === 'garbage') return { person: 'lin', token: GARBAGE };
    const owner = known.person as Person;
    const stranger = owner === 'lin' ? 'zhou' : 'lin';
    return { person: shownBy === 'owner' ? owner : stranger, token: known.token };
  }

  private login({ person, device, held, attempt }: Extract<Command, { kind: 'login' }>): Step {
    const { now } = this.world;
    const heldToken = held === undefined ? undefined : this.show(held).token;
    const slot = this.oneSlot ? 0 : this.model.slotFor(person, heldToken, attempt, now);
    const { idleLifetimeMs, absoluteLifetimeMs } = this.policy;
    return {
      name: 'login',
      openid: person,
      event: {
        device: { name: device },
        ...(heldToken !== undefined && { sessionToken: heldToken }),
        ...(attempt !== undefined && { attempt: `attempt-number-${attempt}` }),
      },
      reply: {
        ok: true,
        session: {
          current: true,
          device: { name: device, platform: '' },
          createdAt: now,
          expiresAt: now + idleLifetimeMs,
          absoluteExpiresAt: now + absoluteLifetimeMs,
        },
      },
      operations: this.oneSlot ? ['put'] : ['findAll', 'replace'],
      change: ({ reply }) => {
        const token = reply?.ok === true ? String(reply['sessionToken']) : undefined;
        this.model.signIn(person, slot, token, { device, attempt }, now);
      },
    };
  }

  private check({ person, token }: Shown): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const due = verdict.code === 'OK' && this.model.isRenewalDue(verdict.slot, now);
    const surplus = this.surplusOf(person, verdict);
    const idleEnd =
      verdict.code === 'OK'
        ? Math.min(now + this.policy.idleLifetimeMs, verdict.slot.absoluteEnd)
        : 0;
    return {
      name: 'session',
      openid: person,
      event: { action: 'check', sessionToken: token },
      reply: due
        ? { ok: true, session: { renewedAt: now, expiresAt: idleEnd } }
        : replyFor(verdict),
      operations: !this.owns(person, token)
        ? []
        : due
          ? ['find', 'renew']
          : ['find', ...surplus.operations],
      change: () => {
        if (due) this.model.renew(verdict.slot, now);
        surplus.end();
      },
    };
  }

  private list({ person, token }: Shown): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const surplus = this.surplusOf(person, verdict);
    const live = this.model.live(person, now);
    return {
      name: 'session',
      openid: person,
      event: { action: 'list', sessionToken: token },
      reply:
        verdict.code === 'OK' ? { ok: true, sessions: live.map(() => ({})) } : replyFor(verdict),
      operations: this.owns(person, token) ? ['findAll', ...surplus.operations] : [],
      change: ({ reply }) => {
        surplus.end();
        if (reply?.ok !== true) return;
        const sessions = reply['sessions'] as {
          current: boolean;
          createdAt: number;
          device: { name: string };
        }[];
        expect(sessions.map(({ current }) => current)).toEqual(live.map((_, index) => index === 0));
        const shape = (name: string, at: number): string => `${name}@${at}`;
        expect(
          sessions.map(({ device, createdAt }) => shape(device.name, createdAt)).sort(),
        ).toEqual(live.map(({ device, signedInAt }) => shape(device, signedInAt)).sort());
      },
    };
  }

  private revoke({ person, token }: Shown, target: Shown): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const slot = this.model.slotOf(person, target.token);
    const ends = verdict.code === 'OK' && isActive(slot);
    const found = verdict.code === 'OK' && slot !== undefined;
    const surplus = this.surplusOf(person, verdict);
    const missing = { ok: false, code: 'SESSION_MISSING', detail: { field: 'sessionId' } };
    return {
      name: 'session',
      openid: person,
      event: { action: 'revoke', sessionToken: token, sessionId: publicIdOf(target.token) },
      reply:
        verdict.code !== 'OK'
          ? replyFor(verdict)
          : found
            ? { ok: true, ended: Number(ends) }
            : missing,
      operations: !this.owns(person, token)
        ? []
        : found
          ? ['findAll', 'revoke']
          : ['findAll', ...surplus.operations],
      change: () => {
        surplus.end();
        if (ends) this.model.revoke([slot], verdict.slot.device, now);
      },
    };
  }

  private logout(
    { person, token }: Shown,
    { scope, askedAgoMs }: Extract<Command, { kind: 'logout' }>,
  ): Step {
    const { now } = this.world;
    const own = this.model.slotOf(person, token);
    const event = { sessionToken: token, scope, askedAgoMs };
    const base = { name: 'logout' as const, openid: person, event };
    const owns = this.owns(person, token);

    if (scope === 'this') {
      const ends = isActive(own);
      return {
        ...base,
        reply: { ok: true, ended: Number(ends) },
        operations: owns ? ['remove'] : [],
        change: () => {
          if (ends) this.model.forget(person, (slot) => slot === own);
        },
      };
    }
    const ended = this.model.endedBy(person, own, { scope, askedAgoMs }, now);
    return {
      ...base,
      reply: { ok: true, ended: ended.length },
      // Whatever token they show: WeChat vouches for the person.
      operations: !owns || this.oneSlot ? ['revokeAll'] : ['findAll', 'revokeAll'],
      change: () => this.model.revoke(ended, this.oneSlot ? '' : (own?.device ?? ''), now),
    };
  }

  private sweep(): Step {
    const { now } = this.world;
    const expired = PEOPLE.flatMap((person) => this.model.slots(person)).filter(
      (slot) => slot !== undefined && slot.idleEnd <= now,
    );
    return {
      name: 'sweep',
      openid: undefined,
      event: {},
      reply: { ok: true, removed: expired.length, complete: true },
      operations: ['removeExpired'],
      change: () => {
        for (const person of PEOPLE) this.model.forget(person, (slot) => slot.idleEnd <= now);
      },
    };
  }

  /** What is refused because of the limit is ended by whatever refuses it. */
  private surplusOf(
    person: string,
    verdict: Verdict,
  ): { operations: Step['operations']; end: () => void } {
    const surplus = verdict.code === 'SESSION_MISSING' ? verdict.surplus : undefined;
    if (surplus === undefined) return { operations: [], end: () => undefined };
    return {
      operations: ['remove'],
      end: () => this.model.forget(person, (slot) => slot === surplus),
    };
  }

  /** The id in a token says whose it is, without asking the database. */
  private owns(person: string, token: string): boolean {
    return this.model.tokens.some((known) => known.token === token && known.person === person);
  }

  private checkPromises(): void {
    const { now, sessions, logs } = this.world;
    const stored = [...sessions.values()];
    for (const person of PEOPLE) {
      // (b), and that the database holds exactly what the model says, ghosts included.
      const own = stored.filter(({ openid }) => openid === person);
      const live = own.filter(
        ({ slot, state, expiresAt }) =>
          slot < this.policy.sessionsPerUser && state === 'active' && expiresAt.getTime() > now,
      );
      expect(live.length).toBe(this.model.live(person, now).length);
      const shape = (slot: number, state: string, end: number): string => `${slot} ${state} ${end}`;
      expect(
        own.map(({ slot, state, expiresAt }) => shape(slot, state, expiresAt.getTime())).sort(),
      ).toEqual(
        this.model
          .slots(person)
          .flatMap((slot, index) =>
            slot === undefined
              ? []
              : [shape(index, isActive(slot) ? 'active' : 'revoked', slot.idleEnd)],
          )
          .sort(),
      );
    }
    // (d)
    const { absoluteLifetimeMs } = this.policy;
    const tooOld = stored.filter(
      ({ createdAt, expiresAt, absoluteExpiresAt }) =>
        absoluteExpiresAt.getTime() !== createdAt.getTime() + absoluteLifetimeMs ||
        expiresAt > absoluteExpiresAt,
    );
    expect(tooOld).toEqual([]);
    // (e), and that no token is in a log.
    const recent = this.model.tokens.slice(-10);
    const kept = JSON.stringify([stored, logs.slice(-1)]);
    expect(recent.filter(({ token }) => kept.includes(secretOf(token)))).toEqual([]);
    // (a) and (c): every token opens what the model says, and nothing else. Asked of the stored
    // sessions: a call might change them.
    const verdicts = recent.map(({ token }) => {
      const read = readToken(token);
      if (read === undefined) throw new Error('this is no token');
      const stored = sessions.get(read.id);
      const verdict = verifySession(stored, read.hash, this.policy, new Date(now));
      return verdict.ok ? verdict : refuse(verdict.code, verdict.detail);
    });
    expect(verdicts).toMatchObject(
      recent.map(({ token, person }) => replyFor(this.model.verdict(person, token, now))),
    );
  }

  private count(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }
}

function secretOf(token: string): string {
  const [, secret] = token.split('.');
  if (secret === undefined) throw new Error('this is no token');
  return secret;
}

/** As a list shows it to whoever holds the token. */
function publicIdOf(token: string): string {
  const parsed = parseToken(token);
  return parsed === undefined ? token : publicSessionId(hashSecret(parsed.secret));
}

function replyFor(verdict: Verdict): object {
  if (verdict.code === 'OK') return { ok: true };
  const refusal = { ok: false, code: verdict.code, retryable: false };
  if (!('at' in verdict)) return refusal;
  return {
    ...refusal,
    detail: { endedAt: verdict.at, device: { name: verdict.by, platform: '' } },
  };
}
