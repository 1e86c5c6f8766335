package hallows.simulation;

/// What can befall a program here. [Simulation#count] says how often each did.
public enum Mishap {
    /// A packet was lost.
    PACKET_DROPPED,
    /// A packet was sent again after a time-out.
    PACKET_RESENT,
    /// A packet was sent twice by the network.
    PACKET_DUPLICATED,
    /// A packet brought only what had come before, and was thrown away.
    PACKET_DISCARDED,
    /// A packet overtook an earlier one of its connection, and waited for it.
    PACKET_OVERTOOK,
    /// A packet found its way cut.
    PACKET_CUT,
    /// Two machines lost sight of each other by chance.
    PARTITION,
    /// A connection was reset by the network.
    LINK_RESET,
    /// A connection broke because nothing was answered for too long.
    LINK_TIMED_OUT,
    /// A connection lost its peer without being told.
    LINK_HALF_OPEN,
    /// A sender waited because the receiver had no room.
    RECEIVER_FULL,
    /// A part of what had arrived was handed over.
    DELIVERED_IN_PART,
    /// Nobody answered a connection attempt.
    UNREACHABLE,
    /// A read failed.
    READ_FAILED,
    /// A write failed.
    WRITE_FAILED,
    /// A call for a name or a size failed: an opening, a rename, a cut.
    CALL_FAILED,
    /// A write found no room, or not enough.
    NO_SPACE,
    /// A flush failed.
    FLUSH_FAILED,
    /// Bytes whose flush failed will never be kept, whatever a later flush says.
    DIRTY_DROPPED,
    /// A flush took long.
    FLUSH_SLOW,
    /// A read brought a wrong bit.
    BIT_FLIPPED,
    /// A power loss took an unflushed write.
    WRITE_LOST,
    /// A power loss kept a part of an unflushed write.
    WRITE_TORN,
    /// A power loss kept an unflushed write although it took an earlier one of the file.
    WRITE_REORDERED,
    /// A power loss undid a creation, a rename or a deletion.
    NAME_UNDONE,
    /// A process was killed.
    CRASH,
    /// A machine lost its power.
    POWER_LOSS,
    /// A core stood still.
    CORE_STALLED,
    /// A wall clock stepped back.
    WALL_STEPPED_BACK,
    /// A wall clock stepped forward.
    WALL_STEPPED_FORWARD,
    /// A blocking job ended before an earlier one of its machine.
    JOB_OVERTOOK
}
