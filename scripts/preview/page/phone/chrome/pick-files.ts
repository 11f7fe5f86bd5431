import { h } from '../../shared/dom';
import type { TempFile } from '../state/temp-files';

/** Files of the computer; none when the person cancelled. */
export function pickFiles(
  layer: HTMLElement,
  accept: string,
  several: boolean,
): Promise<TempFile[]> {
  return new Promise((resolve) => {
    const input = h('input', { type: 'file', accept, multiple: several, hidden: '' });
    const finish = (files: TempFile[]): void => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('cancel', () => {
      finish([]);
    });
    input.addEventListener('change', () => {
      void Promise.all([...(input.files ?? [])].map(read)).then(finish);
    });
    layer.append(input);
    input.click();
  });
}

async function read(file: File): Promise<TempFile> {
  return { type: file.type, name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
}
