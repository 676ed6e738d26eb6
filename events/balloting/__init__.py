"""Elections of an Assembly: call, candidacies, voters, rounds of voting, count, result."""
