package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mutant;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The broker's simulation is worth what it finds: each bug here is planted into the code that
/// ships, is found by the check that is there for it, and its seed finds it again.
final class BrokerPlantedBugsTest {
    private static final int SEEDS = 300;
    private static final ClassDesc LEADER = ClassDesc.of("hallows.broker.Leader");
    private static final ClassDesc WAITS = ClassDesc.of("hallows.broker.AckWaits");
    private static final ClassDesc ENDS = ClassDesc.of("hallows.log.Ends");
    private static final ClassDesc LIST = ClassDesc.of("java.util.List");
    private static final ClassDesc RESULT = ClassDesc.of("hallows.runtime.Result");

    /// What an acknowledged or seen record is that is gone.
    private static final String LOST =
            "has become|is there twice|taken back|comes after|a gap|is at At";

    /// What somebody is who is never told.
    private static final String STUCK =
            "has not come within|nothing can happen|nobody wakes|not answered in its time|StopTimedOut";

    /// What a reader sees who is answered with too little.
    private static final String EARLY = "answered before their time";

    /// What comes of an answer that is not complete.
    private static final String HALF = "has an outcome|has an answer|answered once|home once";

    static Stream<Named<Mutant.Bug>> bugs() {
        return Stream.of(
                Named.of(
                        "acks of all when it is written",
                        bug("broker.Leader", "await", takes("agreed", "written"), LOST)),
                Named.of(
                        "acks of the leader for what is rolled back",
                        bug("broker.Leader", "lost", takes("written", "agreed"), LOST)),
                Named.of(
                        "acks of the leader when it is staged",
                        bug("broker.Leader", "await", countsWhenStaged(), LOST)),
                Named.of(
                        "a request that is through with its first part",
                        bug("broker.Portion", "isThrough", says(true), HALF)),
                Named.of(
                        "parts in another order",
                        bug("broker.Portion", "<init>", reverses("parts"), "first brings nothing")),
                Named.of(
                        "any epoch is right",
                        bug("broker.Leader", "wrongEpoch", saysNothing(), "is served")),
                Named.of(
                        "nobody has diverged",
                        bug("log.EpochEnd", "isBefore", says(false), "and is not told")),
                Named.of(
                        "an append without end",
                        bug("broker.Partitions", "tooLate", skipsOf("refuse", 4), "an append is")),
                Named.of(
                        "a question that nobody answers",
                        bug("broker.SearchRun", "came", skipsOf("answered", 2), "a question is")),
                Named.of(
                        "a fetch that is content with too little",
                        bug("broker.FetchGathering", "isEnough", says(true), EARLY)),
                Named.of(
                        "a wish that is forgotten while its call comes home",
                        bug("broker.FetchGathering", "isKept", skipsOf("hurry", 2), STUCK)),
                Named.of(
                        "a word that is not said when there is room again",
                        bug("broker.Words", "say", skipsOf("whenRoom", 3), STUCK)),
                Named.of(
                        "readers beyond the high watermark",
                        bug(
                                "broker.Reads",
                                "fetch|fetchBehind|marks|visible",
                                readsWritten(),
                                LOST)),
                Named.of(
                        "a fetch that nobody wakes",
                        bug("broker.FetchRun", "grew", skips("wakeIfWorthIt"), STUCK)),
                Named.of(
                        "a parked request that is dropped",
                        bug("broker.Partition", "admit", skips("run"), STUCK)),
                Named.of(
                        "a deadline that is forgotten",
                        bug("broker.FetchRun", "hurry", skips("wokenUp"), STUCK)),
                Named.of(
                        "a directory whose name may go",
                        bug("log.PartitionDirectory", "lambda.begin.*", doesNotSync(), LOST)));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFoundAndItsSeedReplaysIt(Mutant.Bug bug) {
        Optional<String> found = Mutant.hunt(bug, MutantTrial.class, SEEDS);
        assertTrue(found.isPresent(), "not found in " + SEEDS + " seeds");
        System.out.println(found.get());
    }

    private static Mutant.Bug bug(
            String victim, String method, CodeTransform change, String complaint) {
        return new Mutant.Bug("hallows." + victim, method, change, complaint);
    }

    /// Those who wait for something else instead.
    private static CodeTransform takes(String field, String instead) {
        return (code, element) -> {
            if (isOf(element, field)) {
                code.getfield(LEADER, instead, WAITS);
            } else {
                code.with(element);
            }
        };
    }

    private static CodeTransform countsWhenStaged() {
        return (code, element) -> {
            if (calls(element, "written")) {
                code.pop().loadConstant(Long.MAX_VALUE);
            } else {
                code.with(element);
            }
        };
    }

    /// A list is kept in reverse.
    private static CodeTransform reverses(String field) {
        return (code, element) -> {
            if (isOf(element, field)) {
                code.invokeinterface(LIST, "reversed", MethodTypeDesc.of(LIST));
            }
            code.with(element);
        };
    }

    private static CodeTransform readsWritten() {
        return (code, element) -> {
            if (element instanceof InvokeInstruction call
                    && call.name().equalsString("highWatermark")
                    && call.owner().asSymbol().equals(ENDS)) {
                code.invokevirtual(ENDS, "written", MethodTypeDesc.ofDescriptor("()J"));
            } else {
                code.with(element);
            }
        };
    }

    /// A call of nobody with nothing is left out.
    private static CodeTransform skips(String method) {
        return (code, element) -> {
            if (calls(element, method)) {
                code.pop();
            } else {
                code.with(element);
            }
        };
    }

    /// The same of a call of somebody with so many in all on the stack, who answers nothing.
    private static CodeTransform skipsOf(String method, int values) {
        return (code, element) -> {
            if (calls(element, method)) {
                for (int value = 0; value < values; value++) {
                    code.pop();
                }
            } else {
                code.with(element);
            }
        };
    }

    /// It answers always the same.
    private static CodeTransform says(boolean answer) {
        return (code, element) -> {
            if (element instanceof ReturnInstruction) {
                code.pop().loadConstant(answer ? 1 : 0).ireturn();
            } else {
                code.with(element);
            }
        };
    }

    private static CodeTransform saysNothing() {
        return (code, element) -> {
            if (element instanceof ReturnInstruction) {
                code.pop().aconst_null().areturn();
            } else {
                code.with(element);
            }
        };
    }

    private static CodeTransform doesNotSync() {
        return (code, element) -> {
            if (calls(element, "syncDirectory")) {
                code.pop2().getstatic(RESULT, "DONE", RESULT);
            } else {
                code.with(element);
            }
        };
    }

    private static boolean isOf(CodeElement element, String field) {
        return element instanceof FieldInstruction access && access.name().equalsString(field);
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }
}
