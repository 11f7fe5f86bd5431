import { callData, CloudID, createDatabase } from '#local-cloud/wx-cloud';
import type { Environment } from '../state/environment';
import { messageOf, type ErrorLog } from '../state/error-log';
import type { TempFile, TempFiles } from '../state/temp-files';
import { ApiFailure } from '../state/api-failure';
import { asyncApi, isOptions, textOption, type Options } from './async-api';
import { absentTree, withAbsent } from './absent';

/** How the cloud is reached. The requests reject when they do not get through. */
export interface CloudReach {
  /** @returns the body of the reply: `{ result, errMsg, requestID }` or `{ errCode, errMsg }` */
  callFunction(name: string, data: unknown, signal: AbortSignal): Promise<unknown>;
  /** @returns `{ fileID, statusCode, errMsg }` or `{ errCode, errMsg }` */
  uploadFile(cloudPath: string, file: TempFile, signal: AbortSignal): Promise<unknown>;
  /** @returns `{ fileList, errMsg }` or `{ errCode, errMsg }` */
  askForFiles(
    api: 'getTempFileURL' | 'deleteFile',
    fileList: unknown,
    signal: AbortSignal,
  ): Promise<unknown>;
  /** @returns `undefined` where there is no such file */
  downloadFile(fileId: string, signal: AbortSignal): Promise<TempFile | undefined>;
  /** Asks the database. @returns the reply of the admin protocol */
  askDatabase(action: string, data: object, signal: AbortSignal): Promise<unknown>;
  /** Where the browser finds a file; `undefined` for anything but a file id. */
  fileUrl(fileId: string): string | undefined;
}

/** Not a code of the cloud's: the connection failed, and the request may have arrived or not. */
const UNREACHED = -1;
const WRONG_ARGUMENT = -601002;
const FILE_NOT_FOUND = -503003;
/** What `wx.cloud` of miniprogram-api-typings has besides. */
const ABSENT = ['CDN', 'callContainer', 'connectContainer'];
const NOT_ENABLED = "Cloud API isn't enabled, please call wx.cloud.init first";

export interface CloudContext {
  cloud: CloudReach;
  tempFiles: TempFiles;
  environment: Environment;
  errors: ErrorLog;
}

export function cloudApis(context: CloudContext): Record<string, unknown> {
  const { cloud, tempFiles, environment, errors } = context;
  let initialised = false;
  const api = (name: string, run: (options: Options, reach: Reach) => Promise<object>) =>
    asyncApi(`cloud.${name}`, errors, (options) => {
      const reach = new Reach(`cloud.${name}`, environment);
      if (!initialised) throw reach.failure(UNREACHED, NOT_ENABLED);
      return run(options, reach);
    });
  const members = {
    init: () => {
      initialised = true;
    },
    callFunction: api('callFunction', ({ name, data }, reach) => {
      if (typeof name !== 'string')
        throw reach.failure(WRONG_ARGUMENT, 'parameter.name should be String');
      const sent: unknown = JSON.parse(JSON.stringify(callData(data)));
      return reach.ask((signal) => cloud.callFunction(name, sent, signal));
    }),
    uploadFile: api('uploadFile', (options, reach) => {
      const file = tempFiles.get(textOption(options, 'filePath'));
      if (file === undefined) throw reach.failure(WRONG_ARGUMENT, 'file not found');
      const cloudPath = textOption(options, 'cloudPath');
      return reach.ask((signal) => cloud.uploadFile(cloudPath, file, signal));
    }),
    downloadFile: api('downloadFile', async (options, reach) => {
      const fileId = textOption(options, 'fileID');
      const file = await reach.send((signal) => cloud.downloadFile(fileId, signal));
      if (file === undefined) throw reach.failure(FILE_NOT_FOUND, 'storage file not exists');
      return { tempFilePath: tempFiles.add(file), statusCode: 200 };
    }),
    getTempFileURL: api('getTempFileURL', ({ fileList }, reach) =>
      reach.ask((signal) => cloud.askForFiles('getTempFileURL', fileList, signal)),
    ),
    deleteFile: api('deleteFile', ({ fileList }, reach) =>
      reach.ask((signal) => cloud.askForFiles('deleteFile', fileList, signal)),
    ),
    CloudID,
    database: () => {
      if (!initialised) throw new Error(NOT_ENABLED);
      const reach = new Reach('database', environment);
      return createDatabase({
        send: (action, data) =>
          reach.send(
            (signal) => cloud.askDatabase(action, data, signal),
            (message) => new Error(message),
          ),
        runCallback: (where, code) => {
          errors.run(where, code);
        },
      });
    },
  };
  return {
    ...withAbsent('wx.cloud', ABSENT, members, errors),
    // Objects there, and what they hold is called.
    extend: absentTree('wx.cloud.extend', errors),
    services: absentTree('wx.cloud.services', errors),
  };
}

/** One request to the cloud, which ends when the network goes. */
class Reach {
  constructor(
    private readonly api: string,
    private readonly environment: Environment,
  ) {}

  async ask(send: (signal: AbortSignal) => Promise<unknown>): Promise<object> {
    const reply = await this.send(send);
    if (!isOptions(reply)) throw this.failure(UNREACHED, 'the reply is not an object');
    const { errCode, errMsg } = reply;
    if (typeof errCode === 'number' && errCode !== 0) throw this.failure(errCode, String(errMsg));
    return { ...reply, errMsg: `${this.api}:ok` };
  }

  failure(errCode: number, message: string): ApiFailure {
    const prefix = `${this.api}:fail`;
    const errMsg = message.startsWith(prefix)
      ? message
      : `${prefix} Error: errCode: ${String(errCode)} | errMsg: ${message}`;
    return new ApiFailure(errMsg, errCode);
  }

  /** @param failed what it rejects with when the request did not get through */
  async send<T>(
    send: (signal: AbortSignal) => Promise<T>,
    failed = (message: string): Error => this.failure(UNREACHED, message),
  ): Promise<T> {
    if (!this.environment.online) throw failed('request:fail the network is offline');
    try {
      return await this.environment.whileOnline(send);
    } catch (cause) {
      throw failed(`request:fail ${messageOf(cause)}`);
    }
  }
}
