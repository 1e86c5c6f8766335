package hallows.log;

import hallows.simulation.Faults;
import hallows.simulation.SeededDice;
import hallows.simulation.Simulation;

/// How much a scenario's writers bring, and how large the parts of their logs become.
///
/// @param load what a writer brings
/// @param sizes of a log's parts
record LogScale(LogWriter.Load load, LogRig.Sizes sizes) {
    /// In one of so many seeds batches are tiny and many, so that indexes grow long enough to be
    /// written while their segments grow.
    private static final int TINY_ONE_IN = 12;

    /// In one of so many seeds logs are cut.
    private static final int CUTS_ONE_IN = 2;

    static LogScale of(Simulation simulation) {
        SeededDice dice = simulation.dice("scale");
        // An aborted transaction whose entry finds no room takes the log offline as yet.
        boolean aborts = !simulation.faults().equals(Faults.NONE);
        boolean cuts = dice.oneIn(CUTS_ONE_IN);
        return dice.oneIn(TINY_ONE_IN)
                ? new LogScale(
                        new LogWriter.Load(400, 1, 1, aborts, cuts),
                        new LogRig.Sizes(60_000, new IndexLimits(0, 1 << 14)))
                : new LogScale(
                        new LogWriter.Load(25, 3, 300, aborts, cuts),
                        new LogRig.Sizes(3_000, new IndexLimits(300, 1 << 10)));
    }
}
