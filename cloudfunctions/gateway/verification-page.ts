/**
 * Where a person lands who opens the address in a QR code with something else than the mini
 * program: it says what to do there. It is a page without scripts, links and forms, and shows
 * nothing of the request but eight letters.
 */
import { readUserCode, shownUserCode } from '../shared/device-grants/user-code';

const STYLE = `body{margin:15vh auto 0;max-width:22rem;padding:0 1.5rem;font:1rem/1.7 system-ui,sans-serif;color:#1f2329;background:#fff;color-scheme:light dark}
code{display:block;margin:1rem 0;font:600 1.75rem ui-monospace,monospace;letter-spacing:.08em}
p[lang=en]{color:#6b7078}@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#1b1c1e}p[lang=en]{color:#9aa0a6}}`;

/** @param given of the address: anybody may have written it */
export function verificationPage(given: string | undefined): Response {
  const code = given === undefined ? undefined : readUserCode(given);
  const shown = code === undefined ? '' : `<code>${shownUserCode(code)}</code>`;
  const html = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>用手机登录网页</title><style>${STYLE}</style>
<p>请打开小程序，在“我的”页点“扫一扫”，扫描网页上的二维码，或输入网页上的登录码。</p>
<p lang="en">Open the mini program, tap “Scan” on the page “Me” and scan the code on the web page, or type it in.</p>
${shown}
<p>如果不是你本人正在登录网页，请关闭此页面。</p>
<p lang="en">If it is not you who is signing in on a web page, close this one.</p>
</html>
`;
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
    },
  });
}
