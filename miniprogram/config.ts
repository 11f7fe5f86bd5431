/**
 * The id of your cloud environment: 云开发控制台 > 设置 > 环境 ID. The only place in the mini program that names it.
 * (The appid is in project.config.json.)
 */
export const cloudEnvId = 'your-env-id';
