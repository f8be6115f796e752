package dev.meterbook.proto.budget.v1;

/** Stands for a generated message. */
public record BudgetSample(String name) {}
