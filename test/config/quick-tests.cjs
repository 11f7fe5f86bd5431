/** Jest's `--filter` for `npm run test:quick`: of what the arguments name, the tests that are quick. */
module.exports = (paths) => {
  const quick = new Set(JSON.parse(process.env.QUICK_TESTS));
  return { filtered: paths.filter((path) => quick.has(path)) };
};
