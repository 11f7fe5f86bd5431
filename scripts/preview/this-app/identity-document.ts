import { fieldsOrNone, itemsOrNone, stringOrEmpty, timeOfDate } from '../app/decode';
import type { Localized } from '../app/preview-app';

/** A document of the collection `identities`: a way into an account. */
export interface IdentityDocument {
  id: string;
  kind: string;
  account: string;
  /** For the owner's eyes: `138****5678`. */
  label: string;
  /** When it was linked, epoch milliseconds. */
  createdAt: number | undefined;
}

/** One of a document of `sign_ins`. */
export interface SignIn {
  at: number | undefined;
  kind: string;
  /** The code with which it was refused; empty when it was not. */
  refused: string;
}

const KINDS: Readonly<Record<string, Localized>> = {
  wechat: { zh: '微信', en: 'WeChat' },
  qq: { zh: 'QQ', en: 'QQ' },
  phone: { zh: '手机号', en: 'Phone number' },
  password: { zh: '密码', en: 'Password' },
};

/** What a way in is called; one that is not known, by its own word. */
export function nameOfKind(kind: string): Localized {
  return KINDS[kind] ?? { zh: kind, en: kind };
}

/** @param text one document as an EJSON string, as the admin protocol sends it */
export function readIdentityDocument(text: string): IdentityDocument {
  const document = fieldsOrNone(JSON.parse(text));
  return {
    id: stringOrEmpty(document['_id']),
    kind: stringOrEmpty(document['kind']),
    account: stringOrEmpty(document['account']),
    label: stringOrEmpty(document['label']),
    createdAt: timeOfDate(document['createdAt']),
  };
}

/** @param text as for `readIdentityDocument` */
export function readSignIns(text: string): { id: string; signIns: SignIn[] } {
  const document = fieldsOrNone(JSON.parse(text));
  const signIns = itemsOrNone(document['last']).map((value): SignIn => {
    const { at, kind, refused } = fieldsOrNone(value);
    return {
      at: timeOfDate(at),
      kind: stringOrEmpty(kind),
      refused: stringOrEmpty(refused),
    };
  });
  return { id: stringOrEmpty(document['_id']), signIns };
}
