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
    { id: 'environment', name: 'environment', find: () => findEnvId(root) },
    { id: 'devtools', name: 'DevTools settings', find: () => findSettings(root) },
    { id: 'resources', name: 'resources', find: () => findResources(resources) },
    { id: 'build', name: 'build', find: () => findBuild(root) },
    { id: 'built-files', name: 'built files', find: () => findBuiltFiles(root) },
    { id: 'sizes', name: 'sizes', find: () => findSizes(`${root}/dist`) },
    { id: 'policy', name: 'policy', find: () => findPolicy(resources) },
    {
      id: 'identity',
      name: 'phone numbers',
      find: () => findIdentityKey(resources, environment),
    },
    { id: 'gateway', name: 'gateway', find: () => findGateway(environment) },
  ];
}

function findOldNode(version: string): Finding[] {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return [];
  return [
    {
      problem: `This is Node ${version}.`,
      fix: `Install Node ${OLDEST_NODE} or newer: https://nodejs.org.`,
    },
  ];
}

function findResources(file: string): Finding[] {
  try {
    readResources(file);
    return [];
  } catch (error) {
    return [{ problem: (error as Error).message, fix: 'Repair it, or take it back from git.' }];
  }
}
