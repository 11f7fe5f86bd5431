/** A few places of China, with their codes of GB/T 2260: enough to try a `<picker mode="region">`. */
export interface Region {
  name: string;
  code: string;
  inside: readonly Region[];
}

/** `code name`, deeper by two spaces a level. */
const PLACES = `
110000 北京市
  110100 北京市
    110101 东城区
    110102 西城区
    110105 朝阳区
    110106 丰台区
    110108 海淀区
310000 上海市
  310100 上海市
    310101 黄浦区
    310104 徐汇区
    310106 静安区
    310115 浦东新区
330000 浙江省
  330100 杭州市
    330102 上城区
    330106 西湖区
    330108 滨江区
  330200 宁波市
    330203 海曙区
    330212 鄞州区
440000 广东省
  440100 广州市
    440103 荔湾区
    440104 越秀区
    440105 海珠区
    440106 天河区
  440300 深圳市
    440303 罗湖区
    440304 福田区
    440305 南山区
510000 四川省
  510100 成都市
    510104 锦江区
    510105 青羊区
    510107 武侯区
`;

export const REGIONS: readonly Region[] = inside(PLACES.trim().split('\n'), 0);

function inside(lines: readonly string[], depth: number): Region[] {
  const indent = '  '.repeat(depth);
  const starts = lines.flatMap((line, at) =>
    line.startsWith(indent) && line[indent.length] !== ' ' ? [at] : [],
  );
  return starts.map((start, index) => {
    const [code = '', name = ''] = (lines[start] ?? '').trim().split(' ');
    return { code, name, inside: inside(lines.slice(start + 1, starts[index + 1]), depth + 1) };
  });
}
