import { choosePictures } from '../chrome/choose-pictures';
import type { Copy } from '../chrome/copy';
import { pickFiles } from '../chrome/pick-files';
import { viewPictures } from '../chrome/picture-viewer';
import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import type { Permissions } from '../state/permissions';
import type { Privacy } from '../state/privacy';
import type { TempFile, TempFiles } from '../state/temp-files';
import { asyncApi, isOptions, numberOption, textOption, type Api, type Options } from './async-api';

export interface MediaContext {
  tempFiles: TempFiles;
  privacy: Privacy;
  permissions: Permissions;
  environment: Environment;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
  /** Where the browser finds a picture: a path of the mini program, a temporary file, a file id. */
  pictureUrl: (source: string) => string;
}

const MOST_PICTURES = 9;

/** https://developers.weixin.qq.com/miniprogram/dev/api/media/image/wx.chooseImage.html */
export function mediaApis(context: MediaContext): Record<string, Api> {
  const { tempFiles, privacy, permissions, environment, layer, copy, errors, pictureUrl } = context;
  const choose = async (name: string, options: Options, accept: string): Promise<Kept[]> => {
    await privacy.authorize(name);
    const count = numberOption(options, 'count', MOST_PICTURES);
    const chosen = await choosePictures(layer, copy, count, accept);
    if (chosen.length === 0) throw new Error('cancel');
    return chosen.map((file) => ({ file, path: tempFiles.add(file) }));
  };
  const view = (urls: readonly string[], first: number): void => {
    if (urls.length === 0) throw new Error('parameter error: urls should not be empty');
    viewPictures(layer, copy, urls.map(pictureUrl), first);
  };
  return {
    chooseImage: asyncApi('chooseImage', errors, async (options) => {
      const kept = await choose('chooseImage', options, 'image/*');
      return {
        tempFilePaths: kept.map(({ path }) => path),
        tempFiles: kept.map(({ file, path }) => ({ path, size: file.content.length })),
      };
    }),
    chooseMedia: asyncApi('chooseMedia', errors, async (options) => {
      const kept = await choose('chooseMedia', options, acceptOf(options['mediaType']));
      const files = await Promise.all(
        kept.map(async ({ file, path }) => ({
          tempFilePath: path,
          size: file.content.length,
          fileType: kindOf(file),
          ...(kindOf(file) === 'image' ? await sizeOf(pictureUrl(path)) : {}),
        })),
      );
      const kinds = new Set(files.map(({ fileType }) => fileType));
      return { tempFiles: files, type: kinds.size > 1 ? 'mix' : [...kinds][0], failedCount: 0 };
    }),
    chooseMessageFile: asyncApi('chooseMessageFile', errors, async (options) => {
      await privacy.authorize('chooseMessageFile');
      const chosen = await pickFiles(layer, '', numberOption(options, 'count', 1) > 1);
      if (chosen.length === 0) throw new Error('cancel');
      return {
        tempFiles: chosen.map((file) => ({
          path: tempFiles.add(file),
          name: file.name ?? '',
          size: file.content.length,
          time: Math.floor(environment.now() / 1000),
          type: kindOf(file),
        })),
      };
    }),
    previewImage: asyncApi('previewImage', errors, (options) => {
      const urls = Array.isArray(options['urls']) ? options['urls'].map(String) : [];
      const { current } = options;
      view(urls, typeof current === 'number' ? current : urls.indexOf(String(current)));
    }),
    previewMedia: asyncApi('previewMedia', errors, (options) => {
      const sources = Array.isArray(options['sources']) ? options['sources'].filter(isOptions) : [];
      view(
        sources.map((source) => textOption(source, 'url')),
        numberOption(options, 'current', 0),
      );
    }),
    getImageInfo: asyncApi('getImageInfo', errors, async (options) => {
      const src = textOption(options, 'src');
      const size = await sizeOf(pictureUrl(src));
      const type = tempFiles.get(src)?.type.replace('image/', '') ?? /\.(\w+)$/.exec(src)?.[1];
      return { ...size, path: src, type: type ?? 'unknown', orientation: 'up' };
    }),
    compressImage: asyncApi('compressImage', errors, (options) => ({
      tempFilePath: textOption(options, 'src'),
    })),
    saveImageToPhotosAlbum: asyncApi('saveImageToPhotosAlbum', errors, async () => {
      await permissions.authorize('scope.writePhotosAlbum');
    }),
  };
}

interface Kept {
  file: TempFile;
  path: string;
}

function acceptOf(mediaType: unknown): string {
  const types = Array.isArray(mediaType) ? mediaType.map(String) : ['image', 'video'];
  const wanted = types.includes('mix') ? ['image', 'video'] : types;
  return wanted.map((type) => `${type}/*`).join(',');
}

function kindOf({ type }: TempFile): string {
  return /^(image|video)\//.exec(type)?.[1] ?? 'file';
}

function sizeOf(url: string): Promise<{ width: number; height: number }> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.addEventListener('load', () => {
      resolve({ width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => {
      reject(new Error('download image fail'));
    });
    picture.src = url;
  });
}
