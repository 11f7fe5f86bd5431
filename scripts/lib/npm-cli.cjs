// Finds npm as a JavaScript file, so that it is run by this Node and without a shell. Plain
// JavaScript, because scripts/run.mjs uses it before anything is installed.
'use strict';

const { existsSync, realpathSync } = require('node:fs');
const { basename, delimiter, dirname, join } = require('node:path');
const { languageOf } = require('./language-of.cjs');

const NAME = 'npm-cli.js';

module.exports = { npmCli };

/** The npm that started this process, else the one beside Node, else the one on the PATH. */
function npmCli() {
  const { npm_execpath: started = '', PATH = '' } = process.env;
  const node = dirname(process.execPath);
  const found = [
    started,
    join(node, 'node_modules/npm/bin', NAME),
    join(node, '../lib/node_modules/npm/bin', NAME),
    ...PATH.split(delimiter).map((folder) => target(join(folder, 'npm'))),
  ].find((file) => basename(file) === NAME && existsSync(file));
  if (found === undefined) {
    const words = {
      zh: '没有找到 npm。它随 Node 一起安装：https://nodejs.org',
      en: 'npm was not found. It comes with Node: https://nodejs.org.',
    };
    throw new Error(words[languageOf(process.env)]);
  }
  return found;
}

/** On the PATH it is a link to its file, wherever a distribution keeps that. */
function target(link) {
  return existsSync(link) ? realpathSync(link) : '';
}
