/** Runs commands against the real functions and the model side by side, and compares after each. */
import { expect } from '@jest/globals';
import type { SessionPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { sessionId } from '../../../cloudfunctions/shared/session/session-token';
import type { Fault } from './faulty-session-store';
import { PEOPLE, type Command, type Person, type TokenChoice } from './session-commands';
import { SessionModel, type Verdict } from './session-model';
import {
  APPID,
  createSessionWorld,
  type CallResult,
  type FunctionName,
  type SessionWorld,
} from './session-world';

/** What a step should do: how it is asked for, what comes back, what it costs, and what is different afterwards. */
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
  private readonly oneSlot: boolean;

  constructor(private readonly policy: SessionPolicy) {
    this.world = createSessionWorld(policy);
    this.model = new SessionModel(policy);
    this.oneSlot = policy.sessionsPerUser === 1;
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
    } else {
      await this.take(this.stepFor(command), command.fault);
    }
    await this.checkPromises();
  }

  private async take(step: Step, fault: Fault | undefined): Promise<void> {
    const result = await this.world.call(step.name, step.openid, step.event, fault);
    const { reply, hit, wrote, operations } = result;
    if (hit && fault !== undefined) {
      this.count(`${fault.kind} ${fault.when}`);
      // A session that is good stays usable when only its renewal failed.
      const keptIn =
        step.operations.length === 2 && step.operations[1] === 'renew' && fault.at === 2;
      if (fault.kind === 'crash') expect(reply).toBeUndefined();
      else if (keptIn) expect(reply).toMatchObject({ ok: true });
      else expect(reply).toMatchObject({ ok: false, code: 'UNAVAILABLE', retryable: true });
      if (wrote) step.change(result);
      return;
    }
    expect(reply).toMatchObject(step.reply);
    expect(operations).toEqual(step.operations);
    step.change(result);
  }

  private stepFor(command: Exclude<Command, { kind: 'advance' }>): Step {
    switch (command.kind) {
      case 'login':
        return this.login(command.person, command.device, command.held);
      case 'check':
        return this.check(this.show(command.token));
      case 'list':
        return this.list(this.show(command.token));
      case 'revoke':
        return this.revoke(this.show(command.token), this.show(command.target));
      case 'logout':
        return this.logout(this.show(command.token), command.scope);
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

  private login(person: Person, device: string, held: TokenChoice | undefined): Step {
    const { now } = this.world;
    const heldToken = held === undefined ? undefined : this.show(held).token;
    const slot = this.oneSlot ? 0 : this.model.slotFor(person, heldToken, now);
    const id = sessionId({ openid: person, appid: APPID }, slot);
    const { idleLifetimeMs, absoluteLifetimeMs } = this.policy;
    return {
      name: 'login',
      openid: person,
      event: {
        device: { name: device },
        ...(heldToken !== undefined && { sessionToken: heldToken }),
      },
      reply: {
        ok: true,
        session: {
          id,
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
        this.model.signIn(person, slot, token, device, now);
      },
    };
  }

  private check({ person, token }: Shown): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const due = verdict.code === 'OK' && this.model.isRenewalDue(verdict.slot, now);
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
      operations: this.owns(person, token) ? (due ? ['find', 'renew'] : ['find']) : [],
      change: () => {
        if (due) this.model.renew(verdict.slot, now);
      },
    };
  }

  private list({ person, token }: Shown): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const live = this.model.live(person, now);
    return {
      name: 'session',
      openid: person,
      event: { action: 'list', sessionToken: token },
      reply:
        verdict.code === 'OK' ? { ok: true, sessions: live.map(() => ({})) } : replyFor(verdict),
      operations: this.owns(person, token) ? ['findAll'] : [],
      change: ({ reply }) => {
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
    const known = this.model.tokens.find((known) => known.token === target.token);
    const slot = known?.person === person ? this.model.slots(person)[known.slot] : undefined;
    const ends = verdict.code === 'OK' && this.model.isLive(slot, now);
    const found = verdict.code === 'OK' && slot !== undefined;
    const missing = { ok: false, code: 'SESSION_MISSING', detail: { field: 'sessionId' } };
    return {
      name: 'session',
      openid: person,
      event: { action: 'revoke', sessionToken: token, sessionId: target.token.split('.')[0] },
      reply:
        verdict.code !== 'OK'
          ? replyFor(verdict)
          : found
            ? { ok: true, ended: Number(ends) }
            : missing,
      operations: this.owns(person, token) ? (found ? ['findAll', 'revoke'] : ['findAll']) : [],
      change: () => {
        if (ends) this.model.revoke([slot], verdict.slot.device, now);
      },
    };
  }

  private logout({ person, token }: Shown, scope: 'this' | 'others' | 'everywhere'): Step {
    const { now } = this.world;
    const verdict = this.model.verdict(person, token, now);
    const own = verdict.code === 'OK' ? verdict.slot : undefined;
    const event = { sessionToken: token, scope };
    const base = { name: 'logout' as const, openid: person, event };
    const owns = this.owns(person, token);

    if (scope === 'this' || this.oneSlot) {
      const ends = scope !== 'others' && own !== undefined;
      return {
        ...base,
        reply: { ok: true, ended: Number(ends) },
        operations: owns && scope !== 'others' ? ['remove'] : [],
        change: () => {
          if (ends) this.model.forget(person, (slot) => slot === own);
        },
      };
    }
    const ended = this.model
      .live(person, now)
      .filter((slot) => scope === 'everywhere' || slot !== own);
    return {
      ...base,
      reply: { ok: true, ended: own === undefined ? 0 : ended.length },
      operations: owns ? (own === undefined ? ['findAll'] : ['findAll', 'revokeAll']) : [],
      change: () => {
        if (own !== undefined) this.model.revoke(ended, own.device, now);
      },
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

  /** The id of a token tells whose it is, without asking the database. */
  private owns(person: string, token: string): boolean {
    return this.model.tokens.some((known) => known.token === token && known.person === person);
  }

  private async checkPromises(): Promise<void> {
    const { now, sessions, logs } = this.world;
    const stored = [...sessions.values()];
    for (const person of PEOPLE) {
      // (b), and that the database holds exactly what the model says, ghosts included.
      const live = stored.filter(
        ({ openid, state, expiresAt }) =>
          openid === person && state === 'active' && expiresAt.getTime() > now,
      );
      expect(live.length).toBeLessThanOrEqual(this.policy.sessionsPerUser);
      expect(live.map(({ slot }) => slot).sort((a, b) => a - b)).toEqual(
        this.model
          .slots(person)
          .flatMap((slot, index) => (this.model.isLive(slot, now) ? [index] : [])),
      );
    }
    // (d)
    for (const { createdAt, expiresAt, absoluteExpiresAt } of stored) {
      expect(absoluteExpiresAt.getTime()).toBe(
        createdAt.getTime() + this.policy.absoluteLifetimeMs,
      );
      expect(expiresAt.getTime()).toBeLessThanOrEqual(absoluteExpiresAt.getTime());
    }
    // (e), and that no token is in a log.
    const kept = JSON.stringify([stored, logs.slice(-1)]);
    // (a) and (c): every token opens what the model says, and nothing else. Listing changes nothing.
    for (const { token, person } of this.model.tokens.slice(-10)) {
      expect(kept).not.toContain(token.split('.')[1]);
      const event = { action: 'list', sessionToken: token };
      const { reply } = await this.world.call('session', person, event);
      expect(reply).toMatchObject(replyFor(this.model.verdict(person, token, now)));
    }
  }

  private count(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }
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
