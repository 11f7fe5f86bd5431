// The transformer of jest.
'use strict';

const { createHash } = require('node:crypto');
const { compile, key } = require('./typescript.cjs');

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha256').update(key).update(file).update(source).digest('hex'),
  process: (source, file) => ({ code: compile(source, file) }),
};
