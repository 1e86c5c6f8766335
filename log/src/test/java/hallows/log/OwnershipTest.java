package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Which log directories a broker takes.
class OwnershipTest {
    private static final Path ONE = Path.of("/one");
    private static final Path TWO = Path.of("/two");

    private final Ownership ownership = new Ownership(Optional.empty(), OptionalInt.empty());

    @Test
    void directoriesOfOneNodeAreTaken() {
        assertEquals(Optional.empty(), ownership.conflict(ONE, of("c", 1, 1_000)));
        assertEquals(Optional.empty(), ownership.conflict(TWO, of("c", 1, 1_001)));
    }

    @Test
    void whatTheFirstDoesNotSayTheSecondMaySay() {
        MetaProperties old =
                new MetaProperties(0, Optional.empty(), OptionalInt.empty(), Optional.empty());
        assertEquals(Optional.empty(), ownership.conflict(ONE, old));
        assertEquals(Optional.empty(), ownership.conflict(TWO, of("c", 1, 1_000)));
        assertEquals(Optional.empty(), ownership.conflict(ONE, old));
    }

    @Test
    void aDirectoryOfAnotherClusterOrNodeIsNot() {
        ownership.conflict(ONE, of("c", 1, 1_000));
        assertEquals(
                Optional.of("log directory /two belongs to cluster d, not to c"),
                ownership.conflict(TWO, of("d", 1, 1_001)));
        assertEquals(
                Optional.of("log directory /two belongs to node 2, not to 1"),
                ownership.conflict(TWO, of("c", 2, 1_002)));
    }

    @Test
    void aCopyOrAReservedIdIsNot() {
        ownership.conflict(ONE, of("c", 1, 1_000));
        assertEquals(
                Optional.of(
                        "log directories /one and /two have the same id AAAAAAAAAAAAAAAAAAAD6A:"
                                + " one is a copy"),
                ownership.conflict(TWO, of("c", 1, 1_000)));
        assertEquals(
                Optional.of("log directory /two has the reserved id AAAAAAAAAAAAAAAAAAAAYw"),
                ownership.conflict(TWO, of("c", 1, 99)));
    }

    private static MetaProperties of(String cluster, int node, long id) {
        return MetaProperties.of(cluster, node, new StoredId(0, id));
    }
}
