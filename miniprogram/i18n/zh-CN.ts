export const zhCN = {
  home: {
    title: '安心登录',
    intro: '登录由你自己决定。不登录，也可以阅读下面的内容。',
    articles: [
      {
        title: '登录时，我们保存了什么？',
        body: '只有一条登录记录：登录时间、到期时间和设备名称。登录凭证只保存在你的手机里，服务器上仅有它的摘要，无法还原。',
      },
      {
        title: '在另一台手机上登录会怎样？',
        body: '同一时间只有一台设备保持登录。在新设备上登录后，原来的设备会退出登录，并告诉你登录的时间和设备。',
      },
      {
        title: '退出登录后会怎样？',
        body: '本机的登录凭证立即删除，服务器上的登录记录也随之失效。没有网络时同样可以退出，联网后会自动补上。',
      },
    ],
  },
  card: {
    signedOut: '未登录',
    signedOutHint: '登录后可以查看本机的登录状态',
    signIn: '微信登录',
    signingIn: '正在登录…',
    signedIn: '已登录',
    device: '登录设备',
    thisDevice: '本机',
    since: '登录时间',
    until: '有效期至',
    refresh: '刷新登录状态',
    checking: '正在刷新…',
    signOut: '退出登录',
  },
  note: {
    title: '我的便签',
    placeholder: '只有你自己能看到',
    save: '保存',
    saving: '正在保存…',
    reading: '正在读取…',
    saved: '已保存',
    failed: '操作未完成，请重试。',
  },
  ended: {
    SESSION_MISSING: '登录已失效，请重新登录。',
    SESSION_EXPIRED: '登录已过期，请重新登录。',
    SESSION_REPLACED:
      '你的账号于 {time} 在「{device}」登录，本机已退出。如非本人操作，请重新登录。',
    SESSION_REVOKED: '你于 {time} 在「{device}」上退出了本机的登录。',
  },
  problem: {
    NETWORK: '网络连接不可用，请检查网络后重试。',
    UNAVAILABLE: '服务繁忙，请稍后重试。',
    INTERNAL: '服务出了点问题，请稍后重试。',
    INVALID_INPUT: '请求有误，请更新小程序后重试。',
    NO_IDENTITY: '无法确认你的微信身份，请在微信中打开小程序。',
  },
  otherDevice: '另一台设备',
  months: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'],
  time: '{month}月{day}日 {clock}',
};

export type Copy = typeof zhCN;
