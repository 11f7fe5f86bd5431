/** `urlscheme.generate` and `urllink.generate`: links in WeChat's shape, which open nothing. */
import { randomBytes } from 'node:crypto';
import type { OpenInterface } from '../open-interface';

export const generateScheme: OpenInterface = {
  answer: () => ({ openlink: `weixin://dl/business/?t=${randomBytes(8).toString('base64url')}` }),
};

export const generateLink: OpenInterface = {
  answer: () => ({ url_link: `https://wxaurl.cn/${randomBytes(8).toString('base64url')}` }),
};
