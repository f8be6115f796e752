#!/usr/bin/env python3
"""Reckons the cost of exported calls anew, by fractions, without any code of Meterbook.

usage: recompute.py PRICES.json CALLS.jsonl...

PRICES.json and CALLS.jsonl are what "meterbook demo --export DIR" and "meterbook export" write. Every
call's cost must be quantity x amount / per, summed over its kinds, to the last digit. Prints a line
for each file and one for all; the status is 0 only if every call agrees.
"""

import json
import sys
from fractions import Fraction

# The kind whose price stands in where a kind has none of its own.
CONTAINED_IN = {
    "input_text": "input",
    "input_audio": "input",
    "input_image": "input",
    "input_video": "input",
    "input_tool": "input",
    "input_cache_read": "input",
    "input_cache_read_text": "input_cache_read",
    "input_cache_read_audio": "input_cache_read",
    "input_cache_read_image": "input_cache_read",
    "input_cache_read_video": "input_cache_read",
    "input_cache_write": "input",
    "input_cache_write_5m": "input_cache_write",
    "input_cache_write_1h": "input_cache_write",
    "output_text": "output",
    "output_audio": "output",
    "output_image": "output",
    "output_video": "output",
    "output_reasoning": "output",
    "output_citation": "output",
}


class Prices:
    def __init__(self, document):
        self.contracts = {}
        self.catalogue = {}
        for table in document["contracts"]:
            for model in table["models"]:
                self.contracts[table["contract"], table["version"], model] = table
        for table in document["catalogue"]:
            for model in table["models"]:
                self.catalogue[table["provider"], model] = table

    def table(self, call):
        if call["contract"].startswith("list:"):
            return self.catalogue[call["provider"], call["model"]]
        return self.contracts[call["contract"], call["price_version"], call["model"]]


def unit_price(table, leaf, input_tokens):
    """The price of one unit: of the highest context band that the call has passed."""
    while leaf is not None:
        fitting = [
            price
            for price in table["prices"]
            if price["leaf"] == leaf
            and (price["above_input_tokens"] == 0 or input_tokens > price["above_input_tokens"])
        ]
        if fitting:
            best = max(fitting, key=lambda price: price["above_input_tokens"])
            return Fraction(best["amount"]) / best["per"]
        leaf = CONTAINED_IN.get(leaf)
    raise LookupError("no price")


def cost(prices, call):
    table = prices.table(call)
    quantities = call["quantities"]
    input_tokens = sum(count for leaf, count in quantities.items() if leaf.startswith("input"))
    multiplier = Fraction(table["tier_multipliers"].get(call["service_tier"], "1"))
    return multiplier * sum(
        (unit_price(table, leaf, input_tokens) * count for leaf, count in quantities.items()),
        Fraction(0),
    )


def decimal(fraction):
    """An exact decimal text; every price is a decimal number for a power of ten of units."""
    digits = 0
    while (fraction * 10**digits).denominator != 1:
        digits += 1
    text = str(abs(fraction.numerator * 10**digits // fraction.denominator)).rjust(digits + 1, "0")
    sign = "-" if fraction < 0 else ""
    return sign + (text[:-digits] + "." + text[-digits:] if digits else text)


def check(path, prices):
    """Calls, input tokens, output tokens and the recomputed cost of a file, and how many differ."""
    calls = input_tokens = output_tokens = wrong = 0
    total = Fraction(0)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            calls += 1
            for leaf, count in call["quantities"].items():
                input_tokens += count if leaf.startswith("input") else 0
                output_tokens += count if leaf.startswith("output") else 0
            if call["unpriced_reason"]:
                continue
            expected = cost(prices, call)
            total += expected
            if Fraction(call["cost"]) != expected:
                wrong += 1
                print(f"{call['id']}: cost {call['cost']}, expected {decimal(expected)}")
    return calls, input_tokens, output_tokens, total, wrong


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(arguments[0], encoding="utf-8") as document:
        prices = Prices(json.load(document))
    sums = [0, 0, 0, Fraction(0), 0]
    for path in arguments[1:]:
        result = check(path, prices)
        sums = [before + more for before, more in zip(sums, result)]
        print(f"{path}: {result[0]} calls, cost {decimal(result[3])}")
    calls, input_tokens, output_tokens, total, wrong = sums
    print(
        f"all: {calls} calls, {input_tokens} input tokens, {output_tokens} output tokens, "
        f"cost {decimal(total)}, {wrong} wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
