/** What to tell the person whose name or password was not accepted. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import { explainRefusal } from '../../session/explain';
import type { SessionCallOutcome } from '../../session/protected-calls';
import { isEndCode } from '../../session/replies';

/** Empty when it was set, or when they know. */
export function explainPassword(outcome: SessionCallOutcome<object>, copy: Copy): string {
  if (outcome.ok || outcome.code === 'SIGN_IN_DECLINED' || isEndCode(outcome.code)) return '';
  const { password: texts } = copy;
  const { code, detail } = outcome;
  if (code === 'IDENTITY_TAKEN') return texts.nameTaken;
  if (code === 'INVALID_INPUT' && detail?.field === 'name') return texts.wrongName;
  if (code === 'INVALID_INPUT' && detail?.field === 'password') {
    // A later version may have a reason that this one has no words for.
    const said = Object.entries(texts.reason).find(([reason]) => reason === detail.reason);
    return said?.[1] ?? texts.wrongPassword;
  }
  return explainRefusal(outcome, copy, copy.problem[code]);
}
