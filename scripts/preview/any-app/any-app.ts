/** What can be said of an app that nobody has described: it has two people, and WeChat. */
import { MADE_UP_PEOPLE } from '../app/made-up-people';
import type { Person, PreviewApp } from '../app/preview-app';
import type { ShownProject } from '../app/settings';

const { lin, zhou } = MADE_UP_PEOPLE;

const PEOPLE = {
  lin: { ...lin, openids: { wechat: lin.openid } },
  zhou: { ...zhou, openids: { wechat: zhou.openid } },
} satisfies Record<string, Person>;

export function anyApp({ id, title, appid }: ShownProject): PreviewApp {
  return {
    title: { zh: title, en: title },
    introduction: {
      zh: [
        '云函数、数据库和文件都在你的电脑上，手机上是虚构的微信用户。',
        '修改源码并保存，手机会自动更新。',
      ],
      en: [
        'Functions, database and files are on your machine; the people are made up.',
        'Change the sources and save: the phones follow.',
      ],
    },
    people: PEOPLE,
    providers: { wechat: { name: { zh: '微信', en: 'WeChat' }, appid } },
    hasWebPage: false,
    storage: `phone of ${id}:`,
    records: [],
    // Only the app knows which of its results are refusals.
    refusalCode: () => undefined,
  };
}
