package hallows.cluster;

import java.util.List;

/// One partition.
///
/// @param index its number
/// @param leader who leads, or [#NO_LEADER]
/// @param leaderEpoch counts leaders
/// @param partitionEpoch counts changes of what is said here
/// @param recovering whether the leader was elected from outside the ISR and says not yet to have
///   recovered
/// @param replicas who holds it
/// @param directories where each replica holds it, in the order of the replicas
/// @param isr who is in sync
/// @param eligible who left the ISR last and may still lead (ELR)
/// @param lastKnownEligible who was the last of the ELR, for the day nobody is left
/// @param adding who is to hold it
/// @param removing who is no longer to hold it
public record PartitionImage(
        int index,
        int leader,
        int leaderEpoch,
        int partitionEpoch,
        boolean recovering,
        NodeIds replicas,
        List<DirectoryId> directories,
        NodeIds isr,
        NodeIds eligible,
        NodeIds lastKnownEligible,
        NodeIds adding,
        NodeIds removing) {
    /// Nobody leads.
    public static final int NO_LEADER = -1;

    /// Copies the list.
    public PartitionImage {
        directories = List.copyOf(directories);
    }

    /// Where a node holds it.
    public DirectoryId directoryOf(int node) {
        for (int replica = 0; replica < replicas.size(); replica++) {
            if (replicas.at(replica) == node && replica < directories.size()) {
                return directories.get(replica);
            }
        }
        return DirectoryId.UNASSIGNED;
    }
}
