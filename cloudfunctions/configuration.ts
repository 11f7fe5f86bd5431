/**
 * The door of the functions for those who deploy them: reads the environment variables of a
 * deployment, or says what is wrong with them.
 */
export { GatewayConfigError, readGatewayConfig } from './gateway/gateway-config';
export { PolicyError, readPolicy } from './shared/session/read-policy';
export { MIN_IDENTITY_KEY_LENGTH } from './shared/session/session-policy';
