package hallows.simulation;

import hallows.runtime.Dice;

/// How the simulated world behaves: its delays, and how likely each misfortune is. All
/// probabilities are between 0 and 1, for each occasion.
///
/// @param network packets and connections
/// @param disk reads, writes and flushes
/// @param host clocks, cores and blocking threads
public record Faults(NetworkFaults network, DiskFaults disk, HostFaults host) {
    /// Only delays.
    public static final Faults NONE =
            new Faults(NetworkFaults.NONE, DiskFaults.NONE, HostFaults.NONE);

    /// All that may befall a program which is to go on, each now and then. Bits flip only where a
    /// test asks for it ([SimDisk#flipReads]), disks are full and machines fail only when it says
    /// so.
    public static final Faults ALL = new Faults(NetworkFaults.ALL, DiskFaults.ALL, HostFaults.ALL);

    /// The same but for the network.
    public Faults with(NetworkFaults other) {
        return new Faults(other, disk, host);
    }

    /// The same but for the disk.
    public Faults with(DiskFaults other) {
        return new Faults(network, other, host);
    }

    /// The same but for the host.
    public Faults with(HostFaults other) {
        return new Faults(network, disk, other);
    }

    /// Whether it happens this time. What never happens throws no dice.
    static boolean strike(Dice dice, double probability) {
        return probability > 0 && dice.fraction() < probability;
    }
}
