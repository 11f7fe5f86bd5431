/** The door of the functions for whoever deploys them: what the environment variables of a deployment say, and whether they can be read. */
export { GatewayConfigError, readGatewayConfig } from './gateway/gateway-config';
export { PolicyError, readPolicy } from './shared/session/session-policy';
