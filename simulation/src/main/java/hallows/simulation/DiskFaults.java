package hallows.simulation;

/// What the disk does.
///
/// @param readFails a read ends with IO_ERROR
/// @param writeFails a write ends with IO_ERROR, after a part of it or none
/// @param writeShort a write takes only a part and says NO_SPACE
/// @param flushFails a flush ends with IO_ERROR and what it was to keep may be lost
/// @param callFails any other call ends with IO_ERROR and has done nothing
/// @param flush how long a flush takes
/// @param flushSlow a flush takes as long as `slow` says
/// @param slow how long a slow flush takes
public record DiskFaults(
        double readFails,
        double writeFails,
        double writeShort,
        double flushFails,
        double callFails,
        Span flush,
        double flushSlow,
        Span slow) {
    /// Only delays.
    public static final DiskFaults NONE =
            new DiskFaults(0, 0, 0, 0, 0, Span.micros(100, 1_000), 0, Span.millis(100, 2_000));

    /// Everything, each now and then.
    public static final DiskFaults ALL =
            new DiskFaults(
                    0.001,
                    0.001,
                    0.001,
                    0.005,
                    0.002,
                    Span.micros(100, 20_000),
                    0.02,
                    Span.millis(100, 2_000));
}
