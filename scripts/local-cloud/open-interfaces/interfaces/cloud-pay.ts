/**
 * `cloudPay.*`: orders are made, found and closed, and nobody pays them. For an order that is paid,
 * set an answer of `cloudPay.queryOrder`. Refusals are answers, not errors, as WeChat Pay's are
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/open/pay/CloudPay.unifiedOrder.html).
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Fields } from '../../bson/fields';
import type { OpenCall, OpenInterface } from '../open-interface';
import type { Order } from '../open-state';

/** The account through which Cloud Development pays; a placeholder. */
const PROVIDER = { appid: 'wx0000000000000000', mch_id: '1000000000' };

// Not `env_id`: given as `cloud.DYNAMIC_CURRENT_ENV`, it is lost before the SDK sends it.
const REQUIRED = [
  ...['body', 'out_trade_no', 'spbill_create_ip', 'sub_mch_id'],
  ...['total_fee', 'function_name'],
];

export const unifiedOrder: OpenInterface = {
  answer(call) {
    const { args, appid, nowMs, state } = call;
    const missing = REQUIRED.find((name) => args[name] === undefined || args[name] === '');
    if (missing !== undefined) return wrongArgument(missing);
    const { total_fee: totalFee, attach } = args;
    if (typeof totalFee !== 'number' || !Number.isInteger(totalFee) || totalFee < 1) {
      return wrongArgument('total_fee');
    }
    const known = state.orders.get(keyOf(call));
    if (known?.closed === true) return refused(call, 'ORDERCLOSED', '该订单已关闭');
    if (known !== undefined && known.totalFee !== totalFee) {
      return refused(call, 'OUT_TRADE_NO_USED', '商户订单号重复');
    }
    const order = known ?? {
      totalFee,
      attach: typeof attach === 'string' ? attach : undefined,
      prepayId: `wx${randomUUID().replaceAll('-', '')}`,
      closed: false,
    };
    state.orders.set(keyOf(call), order);
    return {
      ...accepted(call),
      trade_type: 'JSAPI',
      prepay_id: order.prepayId,
      // What the page gives to wx.requestPayment.
      payment: {
        appId: appid,
        timeStamp: String(Math.floor(nowMs / 1000)),
        nonceStr: nonce(),
        package: `prepay_id=${order.prepayId}`,
        signType: 'MD5',
        paySign: signature(order.prepayId),
      },
    };
  },
};

export const queryOrder: OpenInterface = {
  answer: (call) =>
    withOrder(call, ({ attach, closed }) => ({
      ...accepted(call),
      out_trade_no: call.args['out_trade_no'],
      ...(attach !== undefined && { attach }),
      trade_state: closed ? 'CLOSED' : 'NOTPAY',
      trade_state_desc: closed ? '订单已关闭' : '订单未支付',
    })),
};

export const closeOrder: OpenInterface = {
  answer: (call) =>
    withOrder(call, (order) => {
      order.closed = true;
      return accepted(call);
    }),
};

/** What nobody paid can't be paid back. */
export const refund: OpenInterface = {
  answer: (call) => withOrder(call, () => refused(call, 'TRADE_STATE_ERROR', '订单状态错误')),
};

function withOrder(call: OpenCall, answer: (order: Order) => Fields): Fields {
  const order = call.state.orders.get(keyOf(call));
  return order === undefined ? refused(call, 'ORDERNOTEXIST', '此交易订单号不存在') : answer(order);
}

function keyOf({ args }: OpenCall): string {
  return JSON.stringify([args['sub_mch_id'], args['out_trade_no']]);
}

function wrongArgument(name: string): Fields {
  return { return_code: 'FAIL', return_msg: `参数格式校验错误: ${name}` };
}

function refused(call: OpenCall, code: string, description: string): Fields {
  return {
    ...accepted(call),
    result_code: 'FAIL',
    err_code: code,
    err_code_des: description,
  };
}

function accepted({ args, appid }: OpenCall): Fields {
  return {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    ...PROVIDER,
    sub_appid: appid,
    sub_mch_id: args['sub_mch_id'],
    nonce_str: nonce(),
    sign: signature(String(args['out_trade_no'])),
    result_code: 'SUCCESS',
  };
}

function nonce(): string {
  return randomUUID().replaceAll('-', '');
}

/** In the shape of one; there is no key here. */
function signature(of: string): string {
  return createHash('md5').update(of).digest('hex').toUpperCase();
}
