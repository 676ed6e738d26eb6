"""`make bench`: every benchmark, one table. Ratios travel between machines, times do not."""

from tests.benchmarks import issuing, pages, rendering

PARTS = (issuing, rendering, pages)


def main():
    width = 34
    print(f"{'what':<{width}} measured  (target)")
    for part in PARTS:
        for what, measured, target in part.rows():
            print(f"{what:<{width}} {measured}  ({target})", flush=True)


if __name__ == "__main__":
    main()
