package hallows.simulation;

/// What the network between two machines does. Within one machine nothing is lost.
///
/// @param delay how long a packet is on its way
/// @param dropped a packet is lost, and sent again after a time-out
/// @param duplicated a packet arrives twice
/// @param late a packet takes ten times as long, so that others overtake it
/// @param reset a packet kills its connection
/// @param vanished a killed process leaves its peers a half-open connection instead of an end
/// @param fragmented connections have small packets and buffers, and bytes arrive in any portions
/// @param partitioned a packet finds its way cut, in one direction or both, for a while
/// @param partition how long such a cut lasts
public record NetworkFaults(
        Span delay,
        double dropped,
        double duplicated,
        double late,
        double reset,
        double vanished,
        boolean fragmented,
        double partitioned,
        Span partition) {
    /// Only delays.
    public static final NetworkFaults NONE =
            new NetworkFaults(
                    Span.micros(50, 300), 0, 0, 0, 0, 0, false, 0, Span.millis(10, 1_000));

    /// Everything, each now and then.
    public static final NetworkFaults ALL =
            new NetworkFaults(
                    Span.micros(50, 5_000),
                    0.01,
                    0.01,
                    0.01,
                    0.000_5,
                    0.3,
                    true,
                    0.000_5,
                    Span.millis(10, 3_000));

    /// Loses, repeats and delays packets with this probability each, but breaks nothing.
    public static NetworkFaults lossy(double probability) {
        return new NetworkFaults(
                Span.micros(50, 5_000),
                probability,
                probability,
                probability,
                0,
                0,
                true,
                0,
                NONE.partition);
    }
}
