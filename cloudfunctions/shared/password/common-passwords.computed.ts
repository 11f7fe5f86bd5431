/**
 * The passwords that are tried first, in lower case, one a line: those of zxcvbn's list that are
 * long enough to be accepted otherwise, and what is common among people who write Chinese, which
 * that list has little of. The build puts the text into a function in the place of this file.
 */
import { dictionary } from '@zxcvbn-ts/language-common';

const MIN_LENGTH = 8;

/** 我爱你, 爱你, 密码, 你好, 老婆, 老公, 宝贝, 中国, the commonest family names, and what apps suggest. */
const STARTS = [
  ...['woaini', 'aini', 'woaiwo', 'woai', 'iloveu', 'love', 'loveyou', 'aiwo', 'wodeai'],
  ...['mima', 'wodemima', 'nihao', 'laopo', 'laogong', 'baobei', 'woshi', 'wojia', 'zhongguo'],
  ...['wang', 'li', 'zhang', 'liu', 'chen', 'yang', 'huang', 'zhao', 'wu', 'zhou', 'xu', 'sun'],
  ...['admin', 'root', 'test', 'user', 'guest', 'weixin', 'wechat', 'wx', 'qq', 'taobao', 'baidu'],
  ...['a', 'aa', 'aaa', 'abc', 'abcd', 'qwe', 'qwer', 'asd', 'asdf', 'zxc', 'q', 'w', 'z', 'x', ''],
];
const ENDS = [
  ...['123', '1234', '12345', '123456', '1234567', '12345678', '123456789', '123123', '123321'],
  ...['520', '521', '1314', '5201314', '5211314', '520520', '13145200', '1314520', '1314521'],
  ...['666', '888', '999', '000', '111', '222', '6666', '8888', '9999', '0000', '1111', '2222'],
  ...['666666', '888888', '999999', '000000', '111111', '222222', '88888888', '66666666', '168'],
  ...['2008', '2020', '2021', '2022', '2023', '2024', '2025', '2026', '147258369', '147258', '789'],
  ...['woaini', 'wojia', '.com', '@qq.com', '@163.com', '!', '!@#', 'a', 'abc', ''],
];

const combined = STARTS.flatMap((start) =>
  ENDS.flatMap((end) => [`${start}${end}`, `${end}${start}`]),
);
const listed = dictionary['passwords-common'] as readonly string[];

export default [...new Set([...listed, ...combined].map((word) => word.toLowerCase()))]
  .filter((word) => Array.from(word).length >= MIN_LENGTH)
  .join('\n');
