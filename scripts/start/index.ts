/** What `npm start` does: a mini program on two phones in a browser, on a local cloud. */
export { showOther } from './other-project';
export { showOwn } from './own-project';
