/** Which paths name a file, and the ids of files. */
import { expect, test } from '@jest/globals';
import {
  cloudPathOf,
  fileIdOf,
  isCloudPath,
} from '../../../../scripts/local-cloud/storage/cloud-path';

test.each(['a', 'a/b.png', '图/一 张.png', 'a..b', '.hidden', 'x'.repeat(850)])(
  'a path: %s',
  (path) => {
    expect(isCloudPath(path)).toBe(true);
    expect(cloudPathOf(fileIdOf(path))).toBe(path);
  },
);

test.each(['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'a\nb', 'a\0', '中'.repeat(284)])(
  'no path: %j',
  (path) => {
    expect(isCloudPath(path)).toBe(false);
    expect(cloudPathOf(fileIdOf(path))).toBeUndefined();
  },
);

test.each(['a', 'cloud://elsewhere.1/a', 'http://127.0.0.1/a'])(
  'an id of a file elsewhere has no path here: %s',
  (id) => {
    expect(cloudPathOf(id)).toBeUndefined();
  },
);
