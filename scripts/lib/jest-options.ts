import { text } from './language';

/** Of Jest's options those that one needs from day to day; shown behind the help of a command. */
export const JEST_OPTIONS = text({
  zh: `
Jest 的选项也都可以用，常用的有：
  -t <文字>           只跑名字里含有它的测试
  -o, --onlyChanged   只跑改动过的文件涉及的测试
  --watch             文件一改就再跑（dist/ 不会重新构建）
  -w <数量>           同时用几个进程
  --bail              一失败就停
  --verbose           列出每个测试
全部选项见 npx jest --help。`,
  en: `
Jest's options can all be used, among them:
  -t <text>           run only tests whose names contain this
  -o, --onlyChanged   run only what the changed files concern
  --watch             run again when a file changes (dist/ is not built again)
  -w <number>         how many processes at once
  --bail              stop at the first failure
  --verbose           list every test
"npx jest --help" explains them all.`,
});
