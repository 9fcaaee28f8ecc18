import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The history that change streams read: kept with the data, of limited length, visible once committed. */
final class Journal implements Oplog {
  private static final int KEPT = 200_000;
  private static final String FLOOR = "floor";

  private final MVMap<Long, Document> entries;
  private final MVMap<String, Long> facts;
  private MongoBackend backend;
  private CursorRegistry cursors;
  private long last;
  private long visible;

  Journal(MVStore store) {
    entries = store.openMap("journal", new MVMap.Builder<Long, Document>().valueType(new BsonType()));
    facts = store.openMap("journal.facts");
    Long lastKey = entries.lastKey();
    last = Math.max(lastKey == null ? 0 : lastKey, floor());
    visible = last;
  }

  void serve(MongoBackend owner, CursorRegistry registry) {
    backend = owner;
    cursors = registry;
  }

  void inserted(String namespace, Object id, Document document) {
    append(entry("insert", namespace, id).append("fullDocument", document));
  }

  void updated(String namespace, Document before, Document after, boolean replaced) {
    Document entry = entry(replaced ? "replace" : "update", namespace, after.get("_id"));
    append(replaced ? entry.append("fullDocument", after) : entry.append("updateDescription", describe(before, after)));
  }

  void deleted(String namespace, Object id) {
    append(entry("delete", namespace, id));
  }

  @Override
  public void handleDropCollection(String namespace) {
    if (!namespace.contains(".system.")) {
      append(entry("drop", namespace, null));
    }
  }

  /** Differences of whole fields: the real server goes deeper. */
  private static Document describe(Document before, Document after) {
    Document updated = new Document();
    after.forEach((key, value) -> {
      if (!Objects.equals(value, before.get(key)) || !before.containsKey(key)) {
        updated.put(key, value);
      }
    });
    List<String> removed = new ArrayList<>(before.keySet());
    removed.removeAll(after.keySet());
    return new Document("updatedFields", updated).append("removedFields", removed)
        .append("truncatedArrays", List.of());
  }

  private static Document entry(String operation, String namespace, Object id) {
    return new Document("operationType", operation).append("ns", namespace).append("id", id)
        .append("wallTime", Instant.now());
  }

  private synchronized void append(Document entry) {
    last = Math.max(last + 1, new BsonTimestamp(Instant.now(), 1).getValue());
    entries.put(last, entry);
    if (entries.sizeAsLong() > KEPT) {
      Long oldest = entries.firstKey();
      entries.remove(oldest);
      facts.put(FLOOR, oldest);
    }
  }

  /** Makes all older resume points too old, as a full oplog does. */
  synchronized void forget() {
    append(entry("noop", "", null));
    entries.clear();
    facts.put(FLOOR, last);
    publish();
  }

  /** Called when everything appended so far is safe on disk. */
  synchronized void publish() {
    visible = last;
    notifyAll();
  }

  synchronized long visible() {
    return visible;
  }

  synchronized void await(long position, long millis) {
    try {
      if (visible <= position) {
        wait(millis);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Resume points up to here are gone. */
  long floor() {
    return facts.getOrDefault(FLOOR, 0L);
  }

  Document at(long position) {
    return entries.get(position);
  }

  Long next(long position) {
    Long key = entries.higherKey(position);
    return key == null || key > visible() ? null : key;
  }

  MongoBackend backend() {
    return backend;
  }

  @Override
  public Cursor createCursor(Document stage, String namespace, Aggregation aggregation) {
    JournalCursor cursor = new JournalCursor(cursors.generateCursorId(), this, stage, namespace, aggregation);
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public void handleInsert(String namespace, List<Document> documents) {
    // the collections report by themselves, also what the library forgets
  }

  @Override
  public void handleUpdate(String namespace, Document selector, Document query, List<Object> ids) {
    // the collections report by themselves
  }

  @Override
  public void handleDelete(String namespace, Document query, List<Object> ids) {
    // the collections report by themselves
  }
}
