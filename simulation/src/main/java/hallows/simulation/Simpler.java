package hallows.simulation;

import java.util.stream.LongStream;

/// Candidates for [PropertyOver#simplified].
public final class Simpler {
    private static final int FEW = 16;

    private Simpler() {}

    /// Numbers closer to zero than `value`: all of them if few, else 0, then half the way, a
    /// quarter, and so on down to one step.
    public static LongStream longs(long value) {
        if (-FEW <= value && value <= FEW) {
            return LongStream.range(0, Math.abs(value)).map(number -> number * Long.signum(value));
        }
        LongStream halvings = LongStream.iterate(value, step -> step != 0, step -> step / 2);
        return halvings.map(step -> value - step);
    }

    /// As `longs`, but towards `least` rather than zero.
    public static LongStream longsDownTo(long least, long value) {
        return longs(value - least).map(distance -> least + distance);
    }
}
