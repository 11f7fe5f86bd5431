/**
 * What the session system should do, said as plainly as possible: every person has slots, and a
 * slot holds the last sign-in that took it. Knows nothing of hashes, stores or documents.
 */
import { MAX_SESSIONS_PER_USER, type SessionPolicy } from '#functions/testing';

export interface Slot {
  /** `undefined`: the answer of the sign-in was lost, so nobody has the token. */
  token: string | undefined;
  attempt: number | undefined;
  device: string;
  signedInAt: number;
  usedAt: number;
  idleEnd: number;
  absoluteEnd: number;
  revoked?: { at: number; by: string };
}

export type Verdict =
  | { code: 'OK'; slot: Slot }
  | { code: 'SESSION_EXPIRED' }
  /** `surplus`: it exists, beyond the limit. */
  | { code: 'SESSION_MISSING'; surplus?: Slot }
  | { code: 'SESSION_REPLACED' | 'SESSION_REVOKED'; at: number; by: string };

export interface KnownToken {
  token: string;
  person: string;
  slot: number;
}

export const isActive = (slot: Slot | undefined): slot is Slot =>
  slot !== undefined && slot.revoked === undefined;

export class SessionModel {
  readonly tokens: KnownToken[] = [];
  private readonly people = new Map<string, (Slot | undefined)[]>();

  constructor(public policy: SessionPolicy) {}

  /**
   * Every slot there can ever be; those beyond the limit hold what was issued when it was higher.
   */
  slots(person: string): (Slot | undefined)[] {
    const slots =
      this.people.get(person) ?? Array.from({ length: MAX_SESSIONS_PER_USER }, () => undefined);
    this.people.set(person, slots);
    return slots;
  }

  live(person: string, now: number): Slot[] {
    return this.slots(person)
      .slice(0, this.policy.sessionsPerUser)
      .filter((slot): slot is Slot => isActive(slot) && now < slot.idleEnd);
  }

  /** The slot of this token, if it still has one. */
  slotOf(person: string, token: string): Slot | undefined {
    return this.slots(person).find((slot) => slot?.token !== undefined && slot.token === token);
  }

  verdict(person: string, token: string, now: number): Verdict {
    const known = this.tokens.find((known) => known.token === token && known.person === person);
    const slot = known === undefined ? undefined : this.slots(person)[known.slot];
    if (slot === undefined) return { code: 'SESSION_MISSING' };
    if (slot.token !== token)
      return { code: 'SESSION_REPLACED', at: slot.signedInAt, by: slot.device };
    if (slot.revoked !== undefined) return { code: 'SESSION_REVOKED', ...slot.revoked };
    if (!this.slots(person).slice(0, this.policy.sessionsPerUser).includes(slot)) {
      return { code: 'SESSION_MISSING', surplus: slot };
    }
    return now < slot.idleEnd ? { code: 'OK', slot } : { code: 'SESSION_EXPIRED' };
  }

  /**
   * The slot that the same attempt took; else that of the device's own session; else one that is
   * empty or over; else a revoked one; else the least used.
   */
  slotFor(
    person: string,
    heldToken: string | undefined,
    attempt: number | undefined,
    now: number,
  ): number {
    const slots = this.slots(person).slice(0, this.policy.sessionsPerUser);
    const taken = slots.findIndex((slot) => attempt !== undefined && slot?.attempt === attempt);
    if (taken !== -1) return taken;
    const own = slots.findIndex((slot) => slot?.token !== undefined && slot.token === heldToken);
    if (own !== -1) return own;
    const leastUsed = (wanted: (slot: Slot | undefined) => boolean): number =>
      slots
        .map((slot, index) => ({ slot, index }))
        .filter(({ slot }) => wanted(slot))
        .sort((a, b) => (a.slot?.usedAt ?? -1) - (b.slot?.usedAt ?? -1) || a.index - b.index)[0]
        ?.index ?? -1;
    const choices = [
      (slot: Slot | undefined) => slot === undefined || now >= slot.idleEnd,
      (slot: Slot | undefined) => slot?.revoked !== undefined,
      () => true,
    ];
    return choices.map(leastUsed).find((index) => index !== -1) ?? 0;
  }

  signIn(
    person: string,
    slot: number,
    token: string | undefined,
    { device, attempt }: Pick<Slot, 'device' | 'attempt'>,
    now: number,
  ): void {
    const absoluteEnd = now + this.policy.absoluteLifetimeMs;
    const idleEnd = Math.min(now + this.policy.idleLifetimeMs, absoluteEnd);
    this.slots(person)[slot] = {
      token,
      attempt,
      device,
      signedInAt: now,
      usedAt: now,
      idleEnd,
      absoluteEnd,
    };
    if (token !== undefined) this.tokens.push({ token, person, slot });
  }

  isRenewalDue(slot: Slot, now: number): boolean {
    return now - slot.usedAt >= this.policy.renewAfterMs;
  }

  renew(slot: Slot, now: number): void {
    slot.usedAt = now;
    slot.idleEnd = Math.min(now + this.policy.idleLifetimeMs, slot.absoluteEnd);
  }

  /**
   * What signing out with this scope ends, by the session in the slot `own`, asked some time ago.
   */
  endedBy(
    person: string,
    own: Slot | undefined,
    { scope, askedAgoMs }: { scope: 'others' | 'everywhere'; askedAgoMs: number },
    now: number,
  ): Slot[] {
    return this.slots(person)
      .filter(isActive)
      .filter((slot) =>
        slot === own
          ? scope === 'everywhere'
          : askedAgoMs === 0 || slot.signedInAt <= now - askedAgoMs,
      );
  }

  revoke(slots: readonly Slot[], by: string, now: number): void {
    for (const slot of slots) slot.revoked = { at: now, by };
  }

  forget(person: string, wanted: (slot: Slot) => boolean): void {
    const slots = this.slots(person);
    slots.forEach((slot, index) => {
      if (slot !== undefined && wanted(slot)) slots[index] = undefined;
    });
  }
}
