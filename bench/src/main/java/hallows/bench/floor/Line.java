package hallows.bench.floor;

import java.util.List;

/// One question to the machine.
sealed interface Line permits Asked, Appends, Stalls {
    /// How long a loop runs before it counts.
    double WARM_UP_SECONDS = 2;

    /// How often it runs then.
    int LAPS = 3;

    /// By which it is spoken of.
    String name();

    /// What is done.
    String words();

    /// What is looked at.
    List<String> figureNames();

    /// Does it; the value of each figure, lap by lap.
    List<double[]> measure(FloorOptions options);
}
