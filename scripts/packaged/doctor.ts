import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

interface DoctorOptions {
  project: string;
  json?: true;
}

export const command = defineCommand(
  'doctor',
  text({
    zh: '检查项目：云函数是否完整、是否被修改，客户端是否接好，并说明怎样修复。不检查云端。',
    en: 'Says what is missing or wrong in the project, and how to repair it. It does not look into the cloud.',
  }),
)
  .option(
    '--project <folder>',
    text({ zh: '小程序项目，含 project.config.json', en: 'with its project.config.json' }),
    '.',
  )
  .option('--json', text({ zh: '输出 JSON', en: 'prints one JSON document' }))
  .action(async ({ project: folder, json }: DoctorOptions) => {
    const { findProject } = await import('./project-folder');
    const { examine } = await import('./examinations');
    const findings = examine(findProject(folder));
    const isWell = findings.every(({ kind }) => kind !== 'bad');
    if (json) console.log(JSON.stringify({ version: 1, ok: isWell, findings }, undefined, 2));
    else for (const { kind, message } of findings) console.log(`${MARKS[kind]} ${message}`);
    if (!isWell) process.exitCode = 1;
  });

const MARKS = { good: 'ok  ', bad: 'BAD ', note: 'note', unseen: '?   ' };
