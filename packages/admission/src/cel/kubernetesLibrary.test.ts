import { anActivation } from '../testUtils';
import { createCelJsEngine } from '.';

const engine = createCelJsEngine();
const evaluate = (source: string) =>
  engine.compile(source).evaluate(anActivation());

describe("Kubernetes' CEL library", () => {
  it.each([
    ['isQuantity("1.3G")', true],
    ['isQuantity("500Mi")', true],
    ['isQuantity("2e3")', true],
    ['isQuantity("-1")', true],
    ['isQuantity("1.3GB")', false],
    ['isQuantity("Mi")', false],
    ['isQuantity("")', false],
    ['isQuantity(" 1")', false],
    ['quantity("200M").compareTo(quantity("0.2G"))', 0n],
    ['quantity("1Ki").compareTo(quantity("1k"))', 1n],
    ['quantity("100m").compareTo(quantity("1"))', -1n],
    ['quantity("50k").isGreaterThan(quantity("0.05M"))', false],
    ['quantity("-1Gi").isLessThan(quantity("0"))', true],
    ['isIP("127.0.0.1")', true],
    ['isIP("::1")', true],
    ['isIP("2001:db8::ff")', true],
    ['isIP("127.0.0.256")', false],
    ['isIP("010.0.0.1")', false],
    ['isIP("1::2::3")', false],
    ['isIP("::ffff:1.2.3.4")', false],
    ['isCIDR("192.168.0.0/24")', true],
    ['isCIDR("::/0")', true],
    ['isCIDR("192.168.0.0/33")', false],
    ['isCIDR("192.168.0.0")', false],
    ['isCIDR("192.168.0.0/08")', false],
    ['cidr("192.168.0.0/24").containsIP("192.168.0.1")', true],
    ['cidr("192.168.0.0/24").containsIP("192.168.1.1")', false],
    ['cidr("192.168.0.0/16").containsCIDR("192.168.10.0/24")', true],
    ['cidr("192.168.0.0/24").containsCIDR("192.168.0.0/16")', false],
    ['cidr("0.0.0.0/0").containsCIDR("::/0")', false],
    ['cidr("::/0").containsIP("2001:db8::1")', true],
    ['"a.b.c".replace(".", "$&") == "a$&b$&c"', true],
  ])('%s is %s', (source, expected) => {
    expect(evaluate(source)).toBe(expected);
  });

  it.each([
    ['quantity("much")', '"much" is not a quantity'],
    ['cidr("10.0.0.0")', '"10.0.0.0" is not a network in CIDR notation'],
    ['cidr("::/0").containsIP("x")', '"x" is not an IP address'],
  ])('%s has no answer', (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });
});
