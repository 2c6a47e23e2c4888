BEGIN TRANSACTION;
CREATE TABLE absences (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	CONSTRAINT pk_absences PRIMARY KEY (id), 
	CONSTRAINT fk_absences_member_id_members FOREIGN KEY(member_id) REFERENCES members (id) ON DELETE CASCADE
);
INSERT INTO "absences" VALUES(1,2,'2026-11-23','2026-11-25');
INSERT INTO "absences" VALUES(2,1,'2026-11-24','2026-11-24');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0015');
CREATE TABLE api_requests (
	user_id BIGINT NOT NULL, 
	"key" TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	status BIGINT, 
	answer TEXT, 
	created_at VARCHAR NOT NULL, 
	CONSTRAINT pk_api_requests PRIMARY KEY (user_id, "key")
);
INSERT INTO "api_requests" VALUES(4000000000,'ä-1','digest',201,'{"id":"1"}','2026-11-23T21:00:00.000000+00:00');
INSERT INTO "api_requests" VALUES(4000000000,'unanswered','digest',NULL,NULL,'2026-11-23T21:00:00.000000+00:00');
CREATE TABLE api_tokens (
	id INTEGER NOT NULL, 
	user_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	scopes TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	created_at VARCHAR NOT NULL, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (id), 
	CONSTRAINT uq_api_tokens_digest UNIQUE (digest)
);
INSERT INTO "api_tokens" VALUES(1,4000000000,'läuft 🏃','log read','ab956b73794ffa33ccdae622f447193e7fa811b761181dec3544b11a27a894cb','2026-11-23T21:00:00.000000+00:00');
CREATE TABLE cells (
	node_id INTEGER NOT NULL, 
	period_start DATE NOT NULL, 
	value BIGINT NOT NULL, 
	progress BIGINT NOT NULL, 
	counts BOOLEAN NOT NULL, 
	excused BOOLEAN NOT NULL, known BOOLEAN DEFAULT 1 NOT NULL, extra BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_cells PRIMARY KEY (node_id, period_start), 
	CONSTRAINT fk_cells_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "cells" VALUES(2,'2026-11-23',8000000,0,1,0,1,0);
INSERT INTO "cells" VALUES(3,'2026-11-23',8000000,0,1,0,1,0);
INSERT INTO "cells" VALUES(4,'2026-11-16',0,0,1,0,1,0);
INSERT INTO "cells" VALUES(4,'2026-11-23',0,0,0,1,1,0);
INSERT INTO "cells" VALUES(7,'2026-10-01',833333,8333333333,1,0,1,0);
INSERT INTO "cells" VALUES(8,'2026-11-23',21000000,1000000000000,1,0,1,0);
INSERT INTO "cells" VALUES(9,'2026-11-23',1000000,1000000000000,1,0,1,0);
CREATE TABLE confirmations (
	entry_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_confirmations PRIMARY KEY (entry_id), 
	CONSTRAINT fk_confirmations_entry_id_entries FOREIGN KEY(entry_id) REFERENCES entries (id) ON DELETE CASCADE, 
	CONSTRAINT fk_confirmations_member_id_members FOREIGN KEY(member_id) REFERENCES members (id) ON DELETE CASCADE
);
INSERT INTO "confirmations" VALUES(8,2,'2026-11-23T21:00:00.000000+00:00');
CREATE TABLE conversations (
	chat_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	state JSON NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY (chat_id, user_id)
);
INSERT INTO "conversations" VALUES(4000000000,4000000000,'{"step": "title", "draft": {"title": "L\u00e4ufe \ud83c\udfc3", "ids": [1, 2]}, "at": 0.1}','2026-11-23T21:00:00.000000+00:00');
CREATE TABLE edits (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	user_id BIGINT, 
	kind TEXT NOT NULL, 
	node_id BIGINT, 
	title TEXT NOT NULL, 
	at VARCHAR NOT NULL, 
	source_key TEXT, 
	effects JSON NOT NULL, 
	last_node_id BIGINT, 
	undone_at VARCHAR, 
	undone_by TEXT, 
	CONSTRAINT pk_edits PRIMARY KEY (id), 
	CONSTRAINT uq_edits_source_key UNIQUE (source_key), 
	CONSTRAINT fk_edits_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE
);
INSERT INTO "edits" VALUES(1,1,4000000000,'rename',2,'50 km','2026-11-23T21:00:00.000000+00:00','4000000000:16:4000000000:week','{"version": 1, "nodes": [{"vision_id": 1, "before": {"id": 2, "parent_id": 1, "key": "week-1", "kind": "weekly_target", "level": "weekly", "title": "50 km", "strategy": "sum", "measure": null, "aggregate": null, "unit": "km", "direction": "at_least", "baseline": null, "terms": [{"since": "0001-01-01", "target": null, "weight": "1", "schedule": {"weekdays": [0, 1, 2, 3, 4, 5, 6], "every": null, "month_days": []}, "active": true}], "starts_on": null, "ends_on": null, "position": 0, "each": null, "member_id": null, "let_go": false}, "after": {"id": 2, "parent_id": 1, "key": "week-1", "kind": "weekly_target", "level": "weekly", "title": "50 km \ud83d\udc22", "strategy": "sum", "measure": null, "aggregate": null, "unit": "km", "direction": "at_least", "baseline": null, "terms": [{"since": "0001-01-01", "target": null, "weight": "1", "schedule": {"weekdays": [0, 1, 2, 3, 4, 5, 6], "every": null, "month_days": []}, "active": true}], "starts_on": null, "ends_on": null, "position": 0, "each": null, "member_id": null, "let_go": false}}], "pauses": [], "entries": [], "removed": [], "last_entry": 5}',NULL,'2026-11-23T21:00:00.000000+00:00','4000000000:17:4000000000:0');
INSERT INTO "edits" VALUES(2,1,4000000000,'pause',2,'50 km 🐢','2026-11-23T21:00:00.000000+00:00',NULL,'{"version": 1, "nodes": [], "pauses": [{"before": null, "after": {"id": 1, "first": "2030-01-01", "last": "2030-01-01", "node_id": 2}}], "entries": [], "removed": [], "last_entry": 5}',NULL,NULL,NULL);
CREATE TABLE entries (
	id INTEGER NOT NULL, 
	vision_id INTEGER NOT NULL, 
	node_id INTEGER NOT NULL, 
	on_date DATE NOT NULL, 
	value BIGINT, 
	skipped BOOLEAN NOT NULL, 
	note TEXT, 
	author_id BIGINT, 
	created_at VARCHAR NOT NULL, 
	source_key TEXT, 
	voided_at VARCHAR, 
	replaced_by INTEGER, known_ahead BOOLEAN DEFAULT 0 NOT NULL, taken_back_by TEXT, 
	CONSTRAINT pk_entries PRIMARY KEY (id), 
	CONSTRAINT fk_entries_vision_id_visions FOREIGN KEY(vision_id) REFERENCES visions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_entries_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE, 
	CONSTRAINT fk_entries_replaced_by_entries FOREIGN KEY(replaced_by) REFERENCES entries (id) ON DELETE SET NULL, 
	CONSTRAINT uq_entries_source_key UNIQUE (source_key)
);
INSERT INTO "entries" VALUES(1,1,3,'2026-11-23',4250000,0,'slow 🐢',4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:11:0','2026-11-23T21:00:00.000000+00:00',4,0,NULL);
INSERT INTO "entries" VALUES(2,1,3,'2026-11-23',1,0,NULL,4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:12:0','2026-11-23T21:00:00.000000+00:00',NULL,0,NULL);
INSERT INTO "entries" VALUES(3,1,3,'2026-11-23',6500000,0,NULL,4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:12:e1','2026-11-23T21:00:00.000000+00:00',4,0,NULL);
INSERT INTO "entries" VALUES(4,1,3,'2026-11-23',8000000,0,NULL,4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:13:0',NULL,NULL,0,NULL);
INSERT INTO "entries" VALUES(5,1,4,'2026-11-23',NULL,1,NULL,4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:14:0',NULL,NULL,0,NULL);
INSERT INTO "entries" VALUES(6,1,4,'2026-11-16',1000000,0,NULL,4000000000,'2026-11-23T21:00:00.000000+00:00','4000000000:15:0','2026-11-23T21:00:00.000000+00:00',NULL,0,NULL);
INSERT INTO "entries" VALUES(7,2,8,'2026-11-24',NULL,1,NULL,NULL,'2026-11-23T21:00:00.000000+00:00',NULL,'2026-11-23T21:00:00.000000+00:00',NULL,1,NULL);
INSERT INTO "entries" VALUES(8,2,8,'2026-11-23',21000000,0,NULL,5000000001,'2026-11-23T21:00:00.000000+00:00',NULL,NULL,NULL,0,NULL);
CREATE TABLE farewells (
	node_id INTEGER NOT NULL, 
	ended_on DATE NOT NULL, 
	message_id BIGINT NOT NULL, 
	CONSTRAINT pk_farewells PRIMARY KEY (node_id), 
	CONSTRAINT fk_farewells_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
);
INSERT INTO "farewells" VALUES(7,'2026-11-23',1);
CREATE TABLE inbox (
	update_id INTEGER NOT NULL, 
	payload TEXT NOT NULL, 
	received_at VARCHAR NOT NULL, 
	handled_at VARCHAR, chat_id BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (update_id)
);
INSERT INTO "inbox" VALUES(2000000001,'','2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0);
INSERT INTO "inbox" VALUES(2000000002,'{"text":"ä"}','2026-11-23T21:00:00.000000+00:00',NULL,0);
CREATE TABLE journal (
	name TEXT NOT NULL, 
	at VARCHAR NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (name)
);
INSERT INTO "journal" VALUES('tick','2026-11-23T21:00:00.000000+00:00','{"visions": 2, "differences": 0}');
INSERT INTO "journal" VALUES('Backup','2026-11-23T21:00:00.000000+00:00','{"visions": 2, "differences": 0}');
INSERT INTO "journal" VALUES('verification','2026-11-23T21:00:00.000000+00:00','{"visions": 2, "differences": 0}');
INSERT INTO "journal" VALUES('ärger','2026-11-23T21:00:00.000000+00:00','{"visions": 2, "differences": 0}');
CREATE TABLE let_go (
	node_id INTEGER NOT NULL, 
	quarter_start DATE NOT NULL, 
	chosen BOOLEAN NOT NULL, 
	ended BOOLEAN NOT NULL, 
	end_before DATE, 
	CONSTRAINT pk_let_go PRIMARY KEY (node_id, quarter_start), 
	CONSTRAINT fk_let_go_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "let_go" VALUES(9,'2026-10-01',1,1,NULL);
CREATE TABLE members (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	user_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	joined_at VARCHAR NOT NULL, 
	left_at VARCHAR, 
	nudges BOOLEAN NOT NULL, 
	buddy_id INTEGER, asked_buddy_id BIGINT, named BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_members PRIMARY KEY (id), 
	CONSTRAINT fk_members_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT fk_members_buddy_id_members FOREIGN KEY(buddy_id) REFERENCES members (id) ON DELETE SET NULL, 
	CONSTRAINT uq_members_owner_id_user_id UNIQUE (owner_id, user_id)
);
INSERT INTO "members" VALUES(1,2,5000000001,'Ann','2026-11-23T21:00:00.000000+00:00',NULL,1,2,NULL,1);
INSERT INTO "members" VALUES(2,2,5000000002,'Ben 🐢','2026-11-23T21:00:00.000000+00:00',NULL,0,NULL,NULL,0);
INSERT INTO "members" VALUES(3,2,5000000003,'','2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0,NULL,NULL,0);
CREATE TABLE node_targets (
	node_id INTEGER NOT NULL, 
	effective_from DATE NOT NULL, 
	target BIGINT, weight BIGINT, weekdays SMALLINT, every_days BIGINT, month_days BIGINT, active BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_node_targets PRIMARY KEY (node_id, effective_from), 
	CONSTRAINT fk_node_targets_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "node_targets" VALUES(6,'0001-01-01',10000000,1000000,127,NULL,NULL,1);
INSERT INTO "node_targets" VALUES(6,'2026-11-01',12500000,1000000,127,NULL,NULL,1);
INSERT INTO "node_targets" VALUES(6,'2030-01-01',12500000,1000000,127,NULL,2147483650,0);
INSERT INTO "node_targets" VALUES(8,'0001-01-01',20500000,1000000,127,NULL,NULL,1);
INSERT INTO "node_targets" VALUES(8,'2030-01-01',NULL,1000000,127,2,NULL,1);
CREATE TABLE nodes (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	vision_id INTEGER NOT NULL, 
	parent_id INTEGER, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	level TEXT NOT NULL, 
	title TEXT NOT NULL, 
	strategy TEXT, 
	measure TEXT, 
	aggregate TEXT, 
	unit TEXT, 
	weight BIGINT NOT NULL, 
	weekdays SMALLINT NOT NULL, 
	starts_on DATE, 
	ends_on DATE, 
	position BIGINT NOT NULL, let_go BOOLEAN DEFAULT 0 NOT NULL, "each" JSON, member_id INTEGER CONSTRAINT fk_nodes_member_id_members REFERENCES members (id), every_days BIGINT, month_days BIGINT, direction TEXT, baseline BIGINT, adds_ticks BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_nodes PRIMARY KEY (id), 
	CONSTRAINT fk_nodes_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT fk_nodes_vision_id_visions FOREIGN KEY(vision_id) REFERENCES visions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_nodes_parent_id_nodes FOREIGN KEY(parent_id) REFERENCES nodes (id) ON DELETE CASCADE, 
	CONSTRAINT uq_nodes_owner_id_key UNIQUE (owner_id, "key")
);
INSERT INTO "nodes" VALUES(1,1,1,NULL,'marathon-1','vision','vision','Run a marathon',NULL,NULL,NULL,NULL,1000000,127,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(2,1,1,1,'week-1','weekly_target','weekly','50 km 🐢','sum',NULL,NULL,'km',1000000,127,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(3,1,1,2,'run-1','daily_action','daily','Run',NULL,'number',NULL,'km',1000000,127,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(4,1,1,2,'stretch-1','daily_action','daily','Stretch',NULL,NULL,NULL,NULL,1000000,127,NULL,NULL,1,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(5,2,2,6,'write','daily_action','daily','Write',NULL,'number',NULL,'p',2500000,69,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(6,2,2,7,'pages','kpi','weekly','Pages','sum',NULL,NULL,'p',1000000,127,NULL,NULL,0,0,NULL,NULL,NULL,2147483650,NULL,NULL,0);
INSERT INTO "nodes" VALUES(7,2,2,NULL,'ship','vision','vision','Ship it',NULL,NULL,NULL,NULL,1000000,127,'2026-11-02',NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(8,2,2,9,'read-ann','kpi','daily','Ann',NULL,'number','sum','pages',1000000,127,'2026-11-02',NULL,0,0,NULL,1,2,NULL,NULL,NULL,0);
INSERT INTO "nodes" VALUES(9,2,2,7,'read','kpi','daily','Read','count',NULL,NULL,NULL,1000000,127,'2026-11-02',NULL,0,0,'{"measure": "number", "aggregate": "sum"}',NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	owner_id INTEGER NOT NULL, 
	chat_id BIGINT NOT NULL, 
	thread_id BIGINT, 
	on_date DATE NOT NULL, 
	nodes JSON NOT NULL, 
	after_id BIGINT, 
	state TEXT NOT NULL, 
	due_at VARCHAR NOT NULL, 
	useful_until VARCHAR NOT NULL, 
	attempt BIGINT NOT NULL, 
	doubts BIGINT NOT NULL, 
	message_id BIGINT, 
	reason TEXT, 
	created_at VARCHAR NOT NULL, 
	settled_at VARCHAR, at_any_hour BOOLEAN DEFAULT 0 NOT NULL, changes BIGINT DEFAULT 0 NOT NULL, shown BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key"), 
	CONSTRAINT fk_outbox_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE
);
INSERT INTO "outbox" VALUES(1,'0','check_in',1,4000000000,NULL,'2026-11-23','[]',NULL,'sent','2026-11-23T21:02:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',1,0,77,NULL,'2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0,0,0);
INSERT INTO "outbox" VALUES(2,'1','check_in',1,4000000000,NULL,'2026-11-23','[3]',NULL,'retry','2026-11-23T21:01:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',1,1,NULL,'could not be reached','2026-11-23T21:00:00.000000+00:00',NULL,0,0,0);
INSERT INTO "outbox" VALUES(3,'2','check_in',1,4000000000,NULL,'2026-11-23','[3]',NULL,'dropped','2026-11-23T21:02:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',1,0,NULL,'was of no use','2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0,0,0);
INSERT INTO "outbox" VALUES(4,'3','check_in',1,4000000000,NULL,'2026-11-23','[3]',NULL,'dead','2026-11-23T21:02:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',1,0,NULL,'chat not found','2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0,0,0);
INSERT INTO "outbox" VALUES(5,'4','check_in',1,4000000000,NULL,'2026-11-23','[3]',NULL,'sending','2026-11-23T21:02:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',1,0,NULL,NULL,'2026-11-23T21:00:00.000000+00:00',NULL,0,0,0);
INSERT INTO "outbox" VALUES(6,'waits','check_in',1,4000000000,NULL,'2026-11-23','[]',NULL,'pending','2026-11-23T21:00:00.000000+00:00','2026-11-24T21:00:00.000000+00:00',0,0,NULL,NULL,'2026-11-23T21:00:00.000000+00:00',NULL,0,0,0);
CREATE TABLE owners (
	id INTEGER NOT NULL, 
	chat_id BIGINT NOT NULL, 
	type TEXT NOT NULL, 
	title TEXT NOT NULL, 
	timezone TEXT NOT NULL, 
	day_start VARCHAR(5) NOT NULL, 
	week_start SMALLINT NOT NULL, 
	locale TEXT NOT NULL, 
	zone_chosen BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, quiet_start VARCHAR(5), quiet_end VARCHAR(5), nudge_minutes BIGINT, unreachable_since VARCHAR, defaults_given BOOLEAN DEFAULT 0 NOT NULL, thread_id BIGINT, round_deadline VARCHAR(5), board_ordered BOOLEAN DEFAULT 1 NOT NULL, invite TEXT, members_plan BOOLEAN DEFAULT 0 NOT NULL, unanswered SMALLINT DEFAULT 0 NOT NULL, asked_on DATE, 
	CONSTRAINT pk_owners PRIMARY KEY (id), 
	CONSTRAINT uq_owners_chat_id UNIQUE (chat_id)
);
INSERT INTO "owners" VALUES(1,4000000000,'private','Anna','UTC','00:00',0,'en',0,'2026-11-23T21:00:00.000000+00:00',NULL,NULL,NULL,NULL,0,NULL,NULL,1,NULL,0,0,NULL);
INSERT INTO "owners" VALUES(2,-1001234567890,'group','Läufer
\N "quoted" ''so''','Asia/Kolkata','04:00',6,'de',0,'2026-11-23T21:00:00.000000+00:00',NULL,NULL,120,NULL,0,7,'22:30',0,'aZ-09',0,0,NULL);
CREATE TABLE pauses (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	node_id INTEGER, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	CONSTRAINT pk_pauses PRIMARY KEY (id), 
	CONSTRAINT fk_pauses_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pauses_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
);
INSERT INTO "pauses" VALUES(1,1,2,'2030-01-01','2030-01-01');
INSERT INTO "pauses" VALUES(2,2,NULL,'2030-01-01','2030-01-01');
INSERT INTO "pauses" VALUES(3,2,9,'2030-01-01','2030-01-10');
CREATE TABLE plan_messages (
	chat_id BIGINT NOT NULL, 
	message_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	at VARCHAR NOT NULL, 
	stage TEXT NOT NULL, 
	state JSON NOT NULL, 
	CONSTRAINT pk_plan_messages PRIMARY KEY (chat_id, message_id)
);
INSERT INTO "plan_messages" VALUES(4000000000,18,4000000000,'2026-11-23T21:00:00.000000+00:00','asked','{"parts": {"18": "L\u00e4ufe \ud83c\udfc3", "19": "  D: Lauf"}, "lines": {"2": "D: A"}, "visions": [1], "planted": "L\u00e4ufe", "renames": {"7": true}}');
CREATE TABLE publications (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	chat_id BIGINT NOT NULL, 
	title TEXT NOT NULL, 
	by_user BIGINT NOT NULL, 
	created_at VARCHAR NOT NULL, 
	CONSTRAINT pk_publications PRIMARY KEY (id), 
	CONSTRAINT fk_publications_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT uq_publications_owner_id_chat_id UNIQUE (owner_id, chat_id)
);
INSERT INTO "publications" VALUES(1,2,-1009876543210,'Neuigkeiten',5000000001,'2026-11-23T21:00:00.000000+00:00');
CREATE TABLE reminders (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	at_time VARCHAR(5) NOT NULL, 
	weekdays SMALLINT NOT NULL, 
	last_day_of TEXT, 
	node_id INTEGER, 
	paused BOOLEAN NOT NULL, 
	next_due VARCHAR, 
	created_at VARCHAR NOT NULL, by_default BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_reminders PRIMARY KEY (id), 
	CONSTRAINT fk_reminders_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reminders_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
);
INSERT INTO "reminders" VALUES(1,1,'check_in','20:30',31,NULL,3,0,'2026-11-23T21:00:00.000000+00:00','2026-11-23T21:00:00.000000+00:00',0);
INSERT INTO "reminders" VALUES(2,1,'check_in','20:30',31,NULL,NULL,1,NULL,'2026-11-23T21:00:00.000000+00:00',0);
CREATE TABLE runs (
	node_id INTEGER NOT NULL, 
	length BIGINT NOT NULL, 
	best BIGINT NOT NULL, 
	through DATE, missed DATE, 
	CONSTRAINT pk_runs PRIMARY KEY (node_id), 
	CONSTRAINT fk_runs_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE
);
INSERT INTO "runs" VALUES(4,0,0,'2026-11-23',NULL);
INSERT INTO "runs" VALUES(8,1,1,'2026-11-23',NULL);
CREATE TABLE shares (
	id INTEGER NOT NULL, 
	node_id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	whole BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, 
	CONSTRAINT pk_shares PRIMARY KEY (id), 
	CONSTRAINT fk_shares_node_id_nodes FOREIGN KEY(node_id) REFERENCES nodes (id) ON DELETE CASCADE, 
	CONSTRAINT fk_shares_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE, 
	CONSTRAINT fk_shares_member_id_members FOREIGN KEY(member_id) REFERENCES members (id) ON DELETE CASCADE, 
	CONSTRAINT uq_shares_node_id_owner_id UNIQUE (node_id, owner_id)
);
INSERT INTO "shares" VALUES(1,3,2,1,1,'2026-11-23T21:00:00.000000+00:00');
CREATE TABLE visions (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	position BIGINT NOT NULL, 
	stale BOOLEAN NOT NULL, 
	calculation_version BIGINT NOT NULL, 
	created_at VARCHAR NOT NULL, version BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_visions PRIMARY KEY (id), 
	CONSTRAINT fk_visions_owner_id_owners FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE
);
INSERT INTO "visions" VALUES(1,1,0,0,3,'2026-11-23T21:00:00.000000+00:00',4);
INSERT INTO "visions" VALUES(2,2,0,0,3,'2026-11-23T21:00:00.000000+00:00',1);
CREATE INDEX ix_visions_owner_id ON visions (owner_id);
CREATE INDEX ix_nodes_vision_id ON nodes (vision_id);
CREATE INDEX ix_nodes_parent_id ON nodes (parent_id);
CREATE INDEX ix_entries_node_id_on_date ON entries (node_id, on_date);
CREATE INDEX ix_entries_vision_id_on_date ON entries (vision_id, on_date);
CREATE INDEX ix_entries_vision_id_id ON entries (vision_id, id);
CREATE INDEX ix_entries_replaced_by ON entries (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX ix_reminders_owner_id ON reminders (owner_id);
CREATE INDEX ix_reminders_due ON reminders (next_due) WHERE next_due IS NOT NULL;
CREATE INDEX ix_outbox_chat_id_message_id ON outbox (chat_id, message_id);
CREATE INDEX ix_outbox_open ON outbox (due_at) WHERE state IN ('pending', 'retry', 'sending');
CREATE INDEX ix_outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE UNIQUE INDEX ix_owners_invite ON owners (invite);
CREATE INDEX ix_members_user_id ON members (user_id);
CREATE INDEX ix_absences_member_id ON absences (member_id);
CREATE INDEX ix_nodes_member_id ON nodes (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX ix_shares_owner_id ON shares (owner_id);
CREATE INDEX ix_shares_member_id ON shares (member_id);
CREATE INDEX ix_publications_chat_id ON publications (chat_id);
CREATE INDEX ix_reminders_node_id ON reminders (node_id) WHERE node_id IS NOT NULL;
CREATE INDEX ix_inbox_unhandled ON inbox (chat_id, update_id) WHERE handled_at IS NULL;
CREATE INDEX ix_outbox_living ON outbox (chat_id, on_date) WHERE kind IN ('board', 'check_in', 'nudge') AND state IN ('sending', 'sent');
CREATE INDEX ix_outbox_changed ON outbox (chat_id) WHERE changes <> shown;
CREATE UNIQUE INDEX ix_entries_taken_back_by ON entries (taken_back_by) WHERE taken_back_by IS NOT NULL;
CREATE INDEX ix_pauses_owner_id ON pauses (owner_id);
CREATE INDEX ix_pauses_node_id ON pauses (node_id);
CREATE INDEX ix_nodes_root ON nodes (vision_id) WHERE parent_id IS NULL;
CREATE INDEX ix_nodes_yearly ON nodes (vision_id) WHERE level = 'yearly';
CREATE INDEX ix_api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX ix_edits_owner_id_id ON edits (owner_id, id);
CREATE INDEX ix_edits_last_node_id ON edits (last_node_id);
CREATE UNIQUE INDEX ix_edits_undone_by ON edits (undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX ix_api_requests_created_at ON api_requests (created_at);
COMMIT;
