import { text } from '../lib/language';
import type { Examination, Finding } from '../project/finding';
import { readResources } from '../project/resources';
import { findBuild, findBuiltFiles, findSizes } from './built';
import { findGateway, findIdentityKey, findPolicy } from './policy';
import { findAppid, findEnvId, findSettings } from './settings';

const OLDEST_NODE = 20;

/**
 * What can be known without a network.
 *
 * @param root of the project
 * @param environment of who asks: the secrets of functions come from there
 */
export function projectExaminations(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  nodeVersion = process.versions.node,
): Examination[] {
  const resources = `${root}/cloudfunctions/resources.json`;
  return [
    { id: 'node', name: 'Node', find: () => findOldNode(nodeVersion) },
    { id: 'appid', name: 'appid', find: () => findAppid(root) },
    {
      id: 'environment',
      name: text({ zh: '云环境', en: 'environment' }),
      find: () => findEnvId(root),
    },
    {
      id: 'devtools',
      name: text({ zh: '开发者工具的设置', en: 'DevTools settings' }),
      find: () => findSettings(root),
    },
    {
      id: 'resources',
      name: text({ zh: 'resources.json', en: 'resources' }),
      find: () => findResources(resources),
    },
    { id: 'build', name: text({ zh: '构建', en: 'build' }), find: () => findBuild(root) },
    {
      id: 'built-files',
      name: text({ zh: '构建的产物', en: 'built files' }),
      find: () => findBuiltFiles(root),
    },
    {
      id: 'sizes',
      name: text({ zh: '大小', en: 'sizes' }),
      find: () => findSizes(`${root}/dist`),
    },
    {
      id: 'policy',
      name: text({ zh: '策略', en: 'policy' }),
      find: () => findPolicy(resources),
    },
    {
      id: 'identity',
      name: text({ zh: '手机号', en: 'phone numbers' }),
      find: () => findIdentityKey(resources, environment),
    },
    {
      id: 'gateway',
      name: text({ zh: '网关', en: 'gateway' }),
      find: () => findGateway(environment),
    },
  ];
}

function findOldNode(version: string): Finding[] {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return [];
  return [
    {
      problem: text({ zh: `现在用的是 Node ${version}。`, en: `This is Node ${version}.` }),
      fix: text({
        zh: `请安装 Node ${OLDEST_NODE} 或更新的版本：https://nodejs.org`,
        en: `Install Node ${OLDEST_NODE} or newer: https://nodejs.org.`,
      }),
    },
  ];
}

function findResources(file: string): Finding[] {
  try {
    readResources(file);
    return [];
  } catch (error) {
    const fix = text({
      zh: '改正它，或者从 git 恢复。',
      en: 'Repair it, or take it back from git.',
    });
    return [{ problem: (error as Error).message, fix }];
  }
}
