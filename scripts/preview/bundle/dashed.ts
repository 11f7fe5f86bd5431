/** `backgroundColor` as CSS and WXML write it: `background-color`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
