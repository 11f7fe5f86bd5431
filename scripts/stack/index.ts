/** The preview on a local cloud, as `npm start`, the screenshots, the bench and tests run it. */
export { startOtherStack } from './other-stack';
export { startProjectStack, startTemporaryStack } from './project-stack';
export { startStack } from './stack';
