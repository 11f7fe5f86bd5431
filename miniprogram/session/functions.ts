import type { SessionContract } from '#functions/session-contract';

/**
 * The functions that `session.call` knows, with what each takes and answers. Add your own:
 *
 *     declare module 'wechat-cloud-session' {
 *       interface Functions {
 *         orders: { request: { action: 'list' }; reply: { ok: true; orders: string[] } };
 *       }
 *     }
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- only an interface can be added to
export interface Functions extends SessionContract {}
