package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.log.Durability;
import hallows.log.Validation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnKeysTest {
    @Test
    void unsaidIsTheSafeWay() {
        OwnKeys own = OwnKeys.among(Map.of("num.partitions", "3"));
        assertEquals(Map.of(), own.values());
        assertEquals(List.of(), own.complaints());
        assertEquals(Durability.FSYNC, own.durability());
        assertEquals(Validation.STRICT, own.validation());
        assertEquals(6, own.shards(6));
        assertEquals(512L << 20, own.memoryBytes(512L << 20));
    }

    @Test
    void saidHoldsInAnyLetters() {
        OwnKeys own =
                OwnKeys.among(
                        Map.of(
                                "hallows.durability", "page-cache",
                                "hallows.validation", "Header",
                                "hallows.shards", "3",
                                "hallows.memory.bytes", "67108864"));
        assertEquals(List.of(), own.complaints());
        assertEquals(Durability.PAGE_CACHE, own.durability());
        assertEquals(Validation.HEADER, own.validation());
        assertEquals(3, own.shards(6));
        assertEquals(64L << 20, own.memoryBytes(512L << 20));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hallows.durability | never | hallows.durability=never: it is fsync or page-cache",
                "hallows.validation | none | hallows.validation=none: it is strict or header",
                "hallows.shards | 0 | hallows.shards=0: it is a number from 1 to 256",
                "hallows.shards | 257 | hallows.shards=257: it is a number from 1 to 256",
                "hallows.shards | some | hallows.shards=some: it is a number from 1 to 256",
                "hallows.memory.bytes | 1g | hallows.memory.bytes=1g: it is a number of bytes from 67108864 to 1099511627776",
                "hallows.memory.bytes | 99999999999999 | hallows.memory.bytes=99999999999999: it is a number of bytes from 67108864 to 1099511627776",
                "hallows.memory.bytes | 67108863 | hallows.memory.bytes=67108863: it is a number of bytes from 67108864 to 1099511627776",
                "hallows.durabilty | fsync | there is no property 'hallows.durabilty'; did you mean 'hallows.durability'?"
            })
    void whatCannotBeIsOneSentence(String key, String value, String sentence) {
        assertEquals(List.of(sentence), OwnKeys.among(Map.of(key, value)).complaints());
    }
}
