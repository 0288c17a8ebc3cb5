CREATE TABLE public.account (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    accountid uuid NOT NULL,
    name character varying(160),
    statecode integer,
    statuscode integer,
    defaultpricelevelid uuid,
    originatingleadid uuid,
    parentaccountid uuid,
    preferredsystemuserid uuid,
    primarycontactid uuid,
    transactioncurrencyid uuid,
    aging30 numeric(19,4),
    aging60 numeric(19,4),
    aging90 numeric(19,4),
    creditlimit numeric(19,4),
    exchangerate numeric(24,12),
    marketcap numeric(19,4),
    revenue numeric(19,4),
    accountcategorycode integer,
    accountclassificationcode integer,
    accountnumber character varying(20),
    accountratingcode integer,
    businesstypecode integer,
    creditonhold boolean,
    customersizecode integer,
    customertypecode integer,
    description text,
    donotbulkemail boolean,
    donotbulkpostalmail boolean,
    donotemail boolean,
    donotfax boolean,
    donotphone boolean,
    donotpostalmail boolean,
    donotsendmm boolean,
    emailaddress1 character varying(100),
    emailaddress2 character varying(100),
    emailaddress3 character varying(100),
    fax character varying(50),
    followemail boolean,
    ftpsiteurl character varying(200),
    industrycode integer,
    marketingonly boolean,
    numberofemployees integer,
    ownershipcode integer,
    participatesinworkflow boolean,
    paymenttermscode integer,
    preferredappointmentdaycode integer,
    preferredappointmenttimecode integer,
    preferredcontactmethodcode integer,
    sharesoutstanding integer,
    shippingmethodcode integer,
    sic character varying(20),
    stockexchange character varying(20),
    telephone1 character varying(50),
    telephone2 character varying(50),
    telephone3 character varying(50),
    territorycode integer,
    tickersymbol character varying(10),
    websiteurl character varying(200),
    yominame character varying(160),
    aging30_base numeric(19,4),
    aging60_base numeric(19,4),
    aging90_base numeric(19,4),
    creditlimit_base numeric(19,4),
    marketcap_base numeric(19,4),
    revenue_base numeric(19,4),
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(200),
    address1_primarycontactname character varying(100),
    address1_line1 character varying(250),
    address1_line2 character varying(250),
    address1_line3 character varying(250),
    address1_postofficebox character varying(20),
    address1_city character varying(80),
    address1_county character varying(50),
    address1_stateorprovince character varying(50),
    address1_postalcode character varying(20),
    address1_country character varying(80),
    address1_telephone1 character varying(50),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(50),
    address1_freighttermscode integer,
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address1_composite text,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(200),
    address2_primarycontactname character varying(100),
    address2_line1 character varying(250),
    address2_line2 character varying(250),
    address2_line3 character varying(250),
    address2_postofficebox character varying(20),
    address2_city character varying(80),
    address2_county character varying(50),
    address2_stateorprovince character varying(50),
    address2_postalcode character varying(20),
    address2_country character varying(80),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_freighttermscode integer,
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision,
    address2_composite text,
    CONSTRAINT account_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.annotation (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    annotationid uuid NOT NULL,
    subject character varying(500),
    objectid uuid,
    documentbody text,
    filename character varying(255),
    filesize integer,
    isdocument boolean,
    isprivate boolean,
    langid character varying(2),
    mimetype character varying(256),
    notetext text,
    objecttypecode character varying(64),
    CONSTRAINT annotation_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.asyncoperation (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    asyncoperationid uuid NOT NULL,
    name character varying(256),
    statecode integer,
    statuscode integer,
    operationtype integer,
    message text,
    friendlymessage text,
    messagename character varying(160),
    primaryentitytype character varying(64),
    correlationid uuid,
    data text,
    errorcode integer,
    sequence bigint,
    postponeuntil timestamp with time zone,
    startedon timestamp with time zone,
    completedon timestamp with time zone,
    CONSTRAINT asyncoperation_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.attributemap (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    attributemapid uuid NOT NULL,
    sourceattributename character varying(64),
    targetattributename character varying(64),
    entitymapid uuid,
    issystem boolean
);
CREATE TABLE public.businessunit (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    businessunitid uuid NOT NULL,
    name character varying(160),
    organizationid uuid,
    parentbusinessunitid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    costcenter character varying(100),
    creditlimit double precision,
    description text,
    disabledreason character varying(500),
    divisionname character varying(100),
    emailaddress character varying(100),
    fileasname character varying(100),
    ftpsiteurl character varying(200),
    inheritancemask integer,
    isdisabled boolean,
    stockexchange character varying(20),
    tickersymbol character varying(10),
    utcoffset integer,
    websiteurl character varying(200),
    workflowsuspended boolean,
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(100),
    address1_line1 character varying(250),
    address1_line2 character varying(250),
    address1_line3 character varying(250),
    address1_postofficebox character varying(20),
    address1_city character varying(80),
    address1_county character varying(50),
    address1_stateorprovince character varying(50),
    address1_postalcode character varying(20),
    address1_country character varying(80),
    address1_telephone1 character varying(50),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(50),
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(100),
    address2_line1 character varying(250),
    address2_line2 character varying(250),
    address2_line3 character varying(250),
    address2_postofficebox character varying(20),
    address2_city character varying(80),
    address2_county character varying(50),
    address2_stateorprovince character varying(50),
    address2_postalcode character varying(20),
    address2_country character varying(80),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision
);
CREATE TABLE public.competitor (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    competitorid uuid NOT NULL,
    name character varying(100),
    organizationid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    reportedrevenue numeric(19,4),
    keyproduct character varying(200),
    opportunities text,
    overview text,
    referenceinfourl character varying(200),
    reportingquarter integer,
    reportingyear integer,
    stockexchange character varying(20),
    strengths text,
    threats text,
    tickersymbol character varying(10),
    weaknesses text,
    websiteurl character varying(200),
    winpercentage double precision,
    yominame character varying(100),
    reportedrevenue_base numeric(19,4),
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(100),
    address1_line1 character varying(250),
    address1_line2 character varying(250),
    address1_line3 character varying(250),
    address1_postofficebox character varying(20),
    address1_city character varying(80),
    address1_county character varying(50),
    address1_stateorprovince character varying(50),
    address1_postalcode character varying(20),
    address1_country character varying(80),
    address1_telephone1 character varying(50),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(50),
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address1_composite text,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(100),
    address2_line1 character varying(250),
    address2_line2 character varying(250),
    address2_line3 character varying(250),
    address2_postofficebox character varying(20),
    address2_city character varying(80),
    address2_county character varying(50),
    address2_stateorprovince character varying(50),
    address2_postalcode character varying(20),
    address2_country character varying(80),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision,
    address2_composite text
);
CREATE TABLE public.contact (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    contactid uuid NOT NULL,
    fullname character varying(160),
    statecode integer,
    statuscode integer,
    defaultpricelevelid uuid,
    originatingleadid uuid,
    preferredsystemuserid uuid,
    transactioncurrencyid uuid,
    aging30 numeric(19,4),
    aging60 numeric(19,4),
    aging90 numeric(19,4),
    annualincome numeric(19,4),
    creditlimit numeric(19,4),
    exchangerate numeric(24,12),
    accountrolecode integer,
    anniversary date,
    assistantname character varying(100),
    assistantphone character varying(50),
    birthdate date,
    business2 character varying(50),
    callback character varying(50),
    childrensnames character varying(255),
    company character varying(50),
    creditonhold boolean,
    customersizecode integer,
    customertypecode integer,
    department character varying(100),
    description text,
    donotbulkemail boolean,
    donotbulkpostalmail boolean,
    donotemail boolean,
    donotfax boolean,
    donotphone boolean,
    donotpostalmail boolean,
    donotsendmm boolean,
    educationcode integer,
    emailaddress1 character varying(100),
    emailaddress2 character varying(100),
    emailaddress3 character varying(100),
    employeeid character varying(50),
    externaluseridentifier character varying(50),
    familystatuscode integer,
    fax character varying(50),
    firstname character varying(50),
    followemail boolean,
    ftpsiteurl character varying(200),
    gendercode integer,
    governmentid character varying(50),
    haschildrencode integer,
    home2 character varying(50),
    isbackofficecustomer boolean,
    jobtitle character varying(100),
    lastname character varying(50),
    leadsourcecode integer,
    managername character varying(100),
    managerphone character varying(50),
    marketingonly boolean,
    middlename character varying(50),
    mobilephone character varying(50),
    nickname character varying(100),
    numberofchildren integer,
    pager character varying(50),
    participatesinworkflow boolean,
    paymenttermscode integer,
    preferredappointmentdaycode integer,
    preferredappointmenttimecode integer,
    preferredcontactmethodcode integer,
    salutation character varying(100),
    shippingmethodcode integer,
    spousesname character varying(100),
    suffix character varying(10),
    telephone1 character varying(50),
    telephone2 character varying(50),
    telephone3 character varying(50),
    territorycode integer,
    websiteurl character varying(200),
    yomifirstname character varying(150),
    yomifullname character varying(450),
    yomilastname character varying(150),
    yomimiddlename character varying(150),
    parentcustomerid uuid,
    accountid uuid,
    parentcontactid uuid,
    aging30_base numeric(19,4),
    aging60_base numeric(19,4),
    aging90_base numeric(19,4),
    annualincome_base numeric(19,4),
    creditlimit_base numeric(19,4),
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(200),
    address1_primarycontactname character varying(100),
    address1_line1 character varying(250),
    address1_line2 character varying(250),
    address1_line3 character varying(250),
    address1_postofficebox character varying(20),
    address1_city character varying(80),
    address1_county character varying(50),
    address1_stateorprovince character varying(50),
    address1_postalcode character varying(20),
    address1_country character varying(80),
    address1_telephone1 character varying(50),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(50),
    address1_freighttermscode integer,
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address1_composite text,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(200),
    address2_primarycontactname character varying(100),
    address2_line1 character varying(250),
    address2_line2 character varying(250),
    address2_line3 character varying(250),
    address2_postofficebox character varying(20),
    address2_city character varying(80),
    address2_county character varying(50),
    address2_stateorprovince character varying(50),
    address2_postalcode character varying(20),
    address2_country character varying(80),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_freighttermscode integer,
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision,
    address2_composite text,
    address3_addressid uuid,
    address3_addresstypecode integer,
    address3_name character varying(200),
    address3_primarycontactname character varying(100),
    address3_line1 character varying(250),
    address3_line2 character varying(250),
    address3_line3 character varying(250),
    address3_postofficebox character varying(20),
    address3_city character varying(80),
    address3_county character varying(50),
    address3_stateorprovince character varying(50),
    address3_postalcode character varying(20),
    address3_country character varying(80),
    address3_telephone1 character varying(50),
    address3_telephone2 character varying(50),
    address3_telephone3 character varying(50),
    address3_fax character varying(50),
    address3_freighttermscode integer,
    address3_shippingmethodcode integer,
    address3_upszone character varying(4),
    address3_utcoffset integer,
    address3_latitude double precision,
    address3_longitude double precision,
    address3_composite text,
    CONSTRAINT contact_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam)))),
    CONSTRAINT contact_parent_customer CHECK ((((accountid IS NULL) AND (parentcontactid IS NULL) AND (parentcustomerid IS NULL)) OR ((accountid IS NOT NULL) AND (parentcontactid IS NULL) AND (parentcustomerid IS NOT NULL) AND (parentcustomerid = accountid)) OR ((accountid IS NULL) AND (parentcontactid IS NOT NULL) AND (parentcustomerid IS NOT NULL) AND (parentcustomerid = parentcontactid))))
);
CREATE TABLE public.customeraddress (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    customeraddressid uuid NOT NULL,
    name character varying(200),
    parentid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    addressnumber integer,
    addresstypecode integer,
    city character varying(80),
    composite character varying(1000),
    country character varying(80),
    county character varying(50),
    fax character varying(50),
    freighttermscode integer,
    latitude double precision,
    line1 character varying(250),
    line2 character varying(250),
    line3 character varying(250),
    longitude double precision,
    objecttypecode character varying(64),
    postalcode character varying(20),
    postofficebox character varying(20),
    primarycontactname character varying(150),
    shippingmethodcode integer,
    stateorprovince character varying(50),
    telephone1 character varying(50),
    telephone2 character varying(50),
    telephone3 character varying(50),
    upszone character varying(4),
    utcoffset integer
);
CREATE TABLE public.discount (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    discountid uuid NOT NULL,
    name character varying(100),
    statuscode integer,
    discounttypeid uuid,
    transactioncurrencyid uuid,
    amount numeric(19,4),
    exchangerate numeric(24,12),
    highquantity numeric(20,5),
    lowquantity numeric(20,5),
    organizationid uuid,
    percentage numeric(17,2),
    amount_base numeric(19,4)
);
CREATE TABLE public.discounttype (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    discounttypeid uuid NOT NULL,
    name character varying(100),
    statecode integer,
    statuscode integer,
    organizationid uuid,
    transactioncurrencyid uuid,
    description text,
    isamounttype boolean
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.dynamicproperty (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    dynamicpropertyid uuid NOT NULL,
    name character varying(100),
    statecode integer,
    statuscode integer,
    basedynamicpropertyid uuid,
    defaultvalueoptionset uuid,
    organizationid uuid,
    regardingobjectid uuid,
    datatype integer,
    defaultvaluedecimal numeric(20,5),
    defaultvaluedouble double precision,
    defaultvalueinteger integer,
    defaultvaluestring character varying(1024),
    description text,
    ishidden boolean,
    isreadonly boolean,
    isrequired boolean,
    maxlengthstring integer,
    maxvaluedecimal numeric(20,5),
    maxvaluedouble double precision,
    maxvalueinteger integer,
    minvaluedecimal numeric(20,5),
    minvaluedouble double precision,
    minvalueinteger integer,
    overwrittendynamicpropertyid uuid,
    "precision" integer,
    rootdynamicpropertyid uuid,
    hs_regardingobjecttype character varying(64)
);
CREATE TABLE public.dynamicpropertyassociation (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    dynamicpropertyassociationid uuid CONSTRAINT dynamicpropertyassociation_dynamicpropertyassociationi_not_null NOT NULL,
    name character varying(100),
    dynamicpropertyid uuid,
    organizationid uuid,
    regardingobjectid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    associationstatus integer,
    inheritancestate integer,
    hs_regardingobjecttype character varying(64)
);
CREATE TABLE public.dynamicpropertyinstance (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    dynamicpropertyinstanceid uuid NOT NULL,
    name character varying(100),
    dynamicpropertyid uuid,
    regardingobjectid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    validationstatus boolean,
    valuedecimal numeric(20,5),
    valuedouble double precision,
    valueinteger integer,
    valuestring character varying(1024),
    hs_regardingobjecttype character varying(64),
    CONSTRAINT dynamicpropertyinstance_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.dynamicpropertyoptionsetitem (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    dynamicpropertyoptionsetvalueid uuid CONSTRAINT dynamicpropertyoptionsetite_dynamicpropertyoptionsetva_not_null NOT NULL,
    dynamicpropertyoptionname character varying(100),
    dynamicpropertyid uuid,
    organizationid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    dynamicpropertyoptiondescription character varying(100),
    dynamicpropertyoptionsetvaluesequencenumber integer,
    dynamicpropertyoptionvalue integer
);
CREATE TABLE public.entitymap (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    entitymapid uuid NOT NULL,
    sourceentityname character varying(64),
    targetentityname character varying(64)
);
CREATE TABLE public.hs_audit (
    hs_auditid uuid NOT NULL,
    createdon timestamp with time zone NOT NULL,
    userid uuid,
    callinguserid uuid,
    message character varying(100) NOT NULL,
    action character varying(10) NOT NULL,
    objecttypecode character varying(64) NOT NULL,
    objectid uuid NOT NULL,
    versionnumber bigint NOT NULL,
    changes text NOT NULL
);
CREATE TABLE public.hs_client (
    hs_clientid uuid NOT NULL,
    hash character varying(64) NOT NULL,
    userid uuid NOT NULL,
    name character varying(100) NOT NULL,
    createdon timestamp with time zone NOT NULL,
    expireson timestamp with time zone
);
CREATE TABLE public.hs_counter (
    name character varying(64) NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.hs_customcolumn (
    hs_customcolumnid uuid NOT NULL,
    tablename character varying(64) NOT NULL,
    logicalname character varying(64) NOT NULL,
    schemaname character varying(64) NOT NULL,
    label character varying(200) NOT NULL,
    kind character varying(20) NOT NULL,
    definition text NOT NULL
);
CREATE TABLE public.hs_customkey (
    hs_customkeyid uuid NOT NULL,
    tablename character varying(64) NOT NULL,
    logicalname character varying(100) NOT NULL,
    schemaname character varying(100) NOT NULL,
    label character varying(200) NOT NULL,
    columns text NOT NULL
);
CREATE TABLE public.hs_idempotencykey (
    key character varying(200) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    result text NOT NULL,
    createdon timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.hs_invoicenumber
    START WITH 1000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.hs_job (
    hs_jobid uuid NOT NULL,
    kind character varying(40) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    description text NOT NULL,
    "position" uuid,
    converted bigint NOT NULL,
    skipped bigint NOT NULL,
    refused bigint NOT NULL,
    userid uuid NOT NULL,
    startedon timestamp with time zone NOT NULL,
    modifiedon timestamp with time zone NOT NULL,
    finishedon timestamp with time zone
);
CREATE SEQUENCE public.hs_ordernumber
    START WITH 1000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.hs_outbox (
    hs_outboxid uuid NOT NULL,
    transactionid bigint NOT NULL,
    createdon timestamp with time zone NOT NULL,
    userid uuid,
    message character varying(100) NOT NULL,
    action character varying(10) NOT NULL,
    objecttypecode character varying(64) NOT NULL,
    objectid uuid NOT NULL,
    versionnumber bigint NOT NULL,
    payload text NOT NULL
);
CREATE SEQUENCE public.hs_quotenumber
    START WITH 1000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.hs_token (
    hs_tokenid uuid NOT NULL,
    hash character varying(64) NOT NULL,
    userid uuid NOT NULL,
    clientid uuid,
    name character varying(100) NOT NULL,
    createdon timestamp with time zone NOT NULL,
    expireson timestamp with time zone
);
CREATE TABLE public.hs_tombstone (
    objectid uuid NOT NULL,
    objecttypecode character varying(64) NOT NULL,
    versionnumber bigint NOT NULL,
    deletedon timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.hs_versionnumber
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.invoice (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    discountamount numeric(19,4),
    exchangerate numeric(24,12),
    freightamount numeric(19,4),
    totalamount numeric(19,4),
    totalamountlessfreight numeric(19,4),
    totaldiscountamount numeric(19,4),
    totallineitemamount numeric(19,4),
    totaltax numeric(19,4),
    description text,
    discountpercentage numeric(17,2),
    emailaddress character varying(100),
    pricingerrorcode integer,
    skippricecalculation integer,
    customerid uuid,
    accountid uuid,
    contactid uuid,
    name character varying(300),
    opportunityid uuid,
    pricelevelid uuid,
    totallineitemdiscountamount numeric(19,4),
    paymenttermscode integer,
    shippingmethodcode integer,
    willcall boolean,
    invoiceid uuid NOT NULL,
    statecode integer,
    statuscode integer,
    salesorderid uuid,
    transactioncurrencyid uuid,
    datedelivered date,
    duedate date,
    invoicenumber character varying(100),
    ispricelocked boolean,
    lastbackofficesubmit timestamp with time zone,
    prioritycode integer,
    billto_name character varying(200),
    billto_line1 character varying(250),
    billto_line2 character varying(250),
    billto_line3 character varying(250),
    billto_city character varying(80),
    billto_stateorprovince character varying(50),
    billto_postalcode character varying(20),
    billto_country character varying(80),
    billto_telephone character varying(50),
    billto_fax character varying(50),
    billto_composite text,
    shipto_name character varying(200),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_composite text,
    shipto_freighttermscode integer,
    discountamount_base numeric(19,4),
    freightamount_base numeric(19,4),
    totalamount_base numeric(19,4),
    totalamountlessfreight_base numeric(19,4),
    totaldiscountamount_base numeric(19,4),
    totallineitemamount_base numeric(19,4),
    totaltax_base numeric(19,4),
    totallineitemdiscountamount_base numeric(19,4),
    CONSTRAINT invoice_customer CHECK ((((accountid IS NULL) AND (contactid IS NULL) AND (customerid IS NULL)) OR ((accountid IS NOT NULL) AND (contactid IS NULL) AND (customerid IS NOT NULL) AND (customerid = accountid)) OR ((accountid IS NULL) AND (contactid IS NOT NULL) AND (customerid IS NOT NULL) AND (customerid = contactid)))),
    CONSTRAINT invoice_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.invoicedetail (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    baseamount numeric(19,4),
    exchangerate numeric(24,12),
    extendedamount numeric(19,4),
    priceperunit numeric(19,4),
    volumediscountamount numeric(19,4),
    description text,
    ispriceoverridden boolean,
    isproductoverridden boolean,
    lineitemnumber integer,
    pricingerrorcode integer,
    productassociationid uuid,
    productdescription character varying(500),
    productname character varying(500),
    producttypecode integer,
    propertyconfigurationstatus integer,
    quantity numeric(20,5),
    sequencenumber integer,
    skippricecalculation integer,
    salesrepid uuid,
    manualdiscountamount numeric(19,4),
    tax numeric(19,4),
    willcall boolean,
    hs_originlineid uuid,
    hs_opportunityproductid uuid,
    invoicedetailid uuid NOT NULL,
    invoicedetailname character varying(100),
    invoiceid uuid,
    parentbundleid uuid,
    parentbundleidref uuid,
    salesorderdetailid uuid,
    actualdeliveryon timestamp with time zone,
    iscopied boolean,
    quantitybackordered numeric(20,5),
    quantitycancelled numeric(20,5),
    quantityshipped numeric(20,5),
    shippingtrackingnumber character varying(100),
    shipto_name character varying(200),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_freighttermscode integer,
    baseamount_base numeric(19,4),
    extendedamount_base numeric(19,4),
    priceperunit_base numeric(19,4),
    volumediscountamount_base numeric(19,4),
    manualdiscountamount_base numeric(19,4),
    tax_base numeric(19,4)
);
CREATE TABLE public.lead (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    leadid uuid NOT NULL,
    fullname character varying(160),
    statecode integer,
    statuscode integer,
    parentaccountid uuid,
    parentcontactid uuid,
    qualifyingopportunityid uuid,
    transactioncurrencyid uuid,
    budgetamount numeric(19,4),
    estimatedamount numeric(19,4),
    exchangerate numeric(24,12),
    revenue numeric(19,4),
    budgetstatus integer,
    campaignid uuid,
    companyname character varying(100),
    confirminterest boolean,
    decisionmaker boolean,
    description text,
    donotbulkemail boolean,
    donotemail boolean,
    donotfax boolean,
    donotphone boolean,
    donotpostalmail boolean,
    donotsendmm boolean,
    emailaddress1 character varying(100),
    emailaddress2 character varying(100),
    emailaddress3 character varying(100),
    estimatedclosedate date,
    estimatedvalue double precision,
    evaluatefit boolean,
    fax character varying(50),
    firstname character varying(50),
    followemail boolean,
    industrycode integer,
    initialcommunication integer,
    isautocreate boolean,
    isprivate boolean,
    jobtitle character varying(100),
    lastname character varying(50),
    leadqualitycode integer,
    leadsourcecode integer,
    middlename character varying(50),
    mobilephone character varying(20),
    need integer,
    numberofemployees integer,
    pager character varying(20),
    participatesinworkflow boolean,
    preferredcontactmethodcode integer,
    prioritycode integer,
    purchaseprocess integer,
    purchasetimeframe integer,
    qualificationcomments text,
    salesstage integer,
    salesstagecode integer,
    salutation character varying(100),
    schedulefollowup_prospect timestamp with time zone,
    schedulefollowup_qualify timestamp with time zone,
    sic character varying(20),
    subject character varying(300),
    telephone1 character varying(50),
    telephone2 character varying(50),
    telephone3 character varying(50),
    websiteurl character varying(200),
    yomicompanyname character varying(100),
    yomifirstname character varying(150),
    yomifullname character varying(450),
    yomilastname character varying(150),
    yomimiddlename character varying(150),
    customerid uuid,
    accountid uuid,
    contactid uuid,
    budgetamount_base numeric(19,4),
    estimatedamount_base numeric(19,4),
    revenue_base numeric(19,4),
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(100),
    address1_line1 character varying(250),
    address1_line2 character varying(250),
    address1_line3 character varying(250),
    address1_postofficebox character varying(20),
    address1_city character varying(80),
    address1_county character varying(50),
    address1_stateorprovince character varying(50),
    address1_postalcode character varying(20),
    address1_country character varying(80),
    address1_telephone1 character varying(50),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(50),
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address1_composite text,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(100),
    address2_line1 character varying(250),
    address2_line2 character varying(250),
    address2_line3 character varying(250),
    address2_postofficebox character varying(20),
    address2_city character varying(80),
    address2_county character varying(50),
    address2_stateorprovince character varying(50),
    address2_postalcode character varying(20),
    address2_country character varying(80),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision,
    address2_composite text,
    CONSTRAINT lead_customer CHECK ((((accountid IS NULL) AND (contactid IS NULL) AND (customerid IS NULL)) OR ((accountid IS NOT NULL) AND (contactid IS NULL) AND (customerid IS NOT NULL) AND (customerid = accountid)) OR ((accountid IS NULL) AND (contactid IS NOT NULL) AND (customerid IS NOT NULL) AND (customerid = contactid)))),
    CONSTRAINT lead_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.opportunity (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    discountamount numeric(19,4),
    exchangerate numeric(24,12),
    freightamount numeric(19,4),
    totalamount numeric(19,4),
    totalamountlessfreight numeric(19,4),
    totaldiscountamount numeric(19,4),
    totallineitemamount numeric(19,4),
    totaltax numeric(19,4),
    description text,
    discountpercentage numeric(17,2),
    emailaddress character varying(100),
    pricingerrorcode integer,
    skippricecalculation integer,
    customerid uuid,
    accountid uuid,
    contactid uuid,
    opportunityid uuid NOT NULL,
    name character varying(300),
    statecode integer,
    statuscode integer,
    originatingleadid uuid,
    parentaccountid uuid,
    parentcontactid uuid,
    pricelevelid uuid,
    transactioncurrencyid uuid,
    actualvalue numeric(19,4),
    budgetamount numeric(19,4),
    estimatedvalue numeric(19,4),
    totallineitemdiscountamount numeric(19,4),
    actualclosedate date,
    budgetstatus integer,
    campaignid uuid,
    captureproposalfeedback boolean,
    closeprobability integer,
    completefinalproposal boolean,
    completeinternalreview boolean,
    confirminterest boolean,
    currentsituation text,
    customerneed text,
    customerpainpoints text,
    decisionmaker boolean,
    developproposal boolean,
    estimatedclosedate date,
    evaluatefit boolean,
    filedebrief boolean,
    finaldecisiondate date,
    identifycompetitors boolean,
    identifycustomercontacts boolean,
    identifypursuitteam boolean,
    initialcommunication integer,
    isrevenuesystemcalculated boolean,
    need integer,
    opportunityratingcode integer,
    participatesinworkflow boolean,
    presentfinalproposal boolean,
    presentproposal boolean,
    prioritycode integer,
    proposedsolution text,
    purchaseprocess integer,
    purchasetimeframe integer,
    pursuitdecision boolean,
    qualificationcomments text,
    quotecomments text,
    resolvefeedback boolean,
    salesstage integer,
    salesstagecode integer,
    schedulefollowup_prospect timestamp with time zone,
    schedulefollowup_qualify timestamp with time zone,
    scheduleproposalmeeting timestamp with time zone,
    sendthankyounote boolean,
    timeline integer,
    hs_ispricelocked boolean,
    actualvalue_base numeric(19,4),
    budgetamount_base numeric(19,4),
    estimatedvalue_base numeric(19,4),
    totallineitemdiscountamount_base numeric(19,4),
    discountamount_base numeric(19,4),
    freightamount_base numeric(19,4),
    totalamount_base numeric(19,4),
    totalamountlessfreight_base numeric(19,4),
    totaldiscountamount_base numeric(19,4),
    totallineitemamount_base numeric(19,4),
    totaltax_base numeric(19,4),
    CONSTRAINT opportunity_customer CHECK ((((accountid IS NULL) AND (contactid IS NULL) AND (customerid IS NULL)) OR ((accountid IS NOT NULL) AND (contactid IS NULL) AND (customerid IS NOT NULL) AND (customerid = accountid)) OR ((accountid IS NULL) AND (contactid IS NOT NULL) AND (customerid IS NOT NULL) AND (customerid = contactid)))),
    CONSTRAINT opportunity_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.opportunityclose (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    activityid uuid NOT NULL,
    subject character varying(200),
    statecode integer,
    statuscode integer,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    activityadditionalparams character varying(8192),
    actualdurationminutes integer,
    actualend timestamp with time zone,
    actualstart timestamp with time zone,
    category character varying(250),
    description text,
    isbilled boolean,
    isregularactivity boolean,
    isworkflowcreated boolean,
    leftvoicemail boolean,
    prioritycode integer,
    scheduleddurationminutes integer,
    scheduledend timestamp with time zone,
    scheduledstart timestamp with time zone,
    sortdate timestamp with time zone,
    subcategory character varying(250),
    competitorid uuid,
    opportunityid uuid,
    actualrevenue numeric(19,4),
    opportunitystatecode integer,
    opportunitystatuscode integer,
    activitytypecode character varying(64),
    regardingobjectid uuid,
    hs_regardingobjecttype character varying(64),
    actualrevenue_base numeric(19,4),
    CONSTRAINT opportunityclose_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.opportunitycompetitors (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    opportunitycompetitorid uuid NOT NULL,
    name character varying(100),
    competitorid uuid,
    opportunityid uuid
);
CREATE TABLE public.opportunityproduct (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    baseamount numeric(19,4),
    exchangerate numeric(24,12),
    extendedamount numeric(19,4),
    priceperunit numeric(19,4),
    volumediscountamount numeric(19,4),
    description text,
    ispriceoverridden boolean,
    isproductoverridden boolean,
    lineitemnumber integer,
    pricingerrorcode integer,
    productassociationid uuid,
    productdescription character varying(500),
    productname character varying(500),
    producttypecode integer,
    propertyconfigurationstatus integer,
    quantity numeric(20,5),
    sequencenumber integer,
    skippricecalculation integer,
    opportunityproductid uuid NOT NULL,
    opportunityproductname character varying(100),
    opportunityid uuid,
    parentbundleid uuid,
    parentbundleidref uuid,
    manualdiscountamount numeric(19,4),
    tax numeric(19,4),
    manualdiscountamount_base numeric(19,4),
    tax_base numeric(19,4),
    baseamount_base numeric(19,4),
    extendedamount_base numeric(19,4),
    priceperunit_base numeric(19,4),
    volumediscountamount_base numeric(19,4)
);
CREATE TABLE public.orderclose (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    activityid uuid NOT NULL,
    subject character varying(200),
    statecode integer,
    statuscode integer,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    activityadditionalparams character varying(8192),
    actualdurationminutes integer,
    actualend timestamp with time zone,
    actualstart timestamp with time zone,
    category character varying(250),
    description text,
    isbilled boolean,
    isregularactivity boolean,
    isworkflowcreated boolean,
    leftvoicemail boolean,
    prioritycode integer,
    scheduleddurationminutes integer,
    scheduledend timestamp with time zone,
    scheduledstart timestamp with time zone,
    sortdate timestamp with time zone,
    subcategory character varying(250),
    salesorderid uuid,
    ordernumber character varying(100),
    revision integer,
    activitytypecode character varying(64),
    regardingobjectid uuid,
    hs_regardingobjecttype character varying(64),
    CONSTRAINT orderclose_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.organization (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    organizationid uuid NOT NULL,
    name character varying(160),
    basecurrencyid uuid,
    basecurrencyprecision integer,
    basecurrencysymbol character varying(5),
    cascadestatusupdate boolean,
    createproductswithoutparentinactivestate boolean,
    currencydecimalprecision integer,
    currencydisplayoption integer,
    currencyformatcode integer,
    currencysymbol character varying(13),
    decimalsymbol character varying(5),
    discountcalculationmethod integer,
    enablepricingoncreate boolean,
    fiscalcalendarstart timestamp with time zone,
    fiscalperiodtype integer,
    fullnameconventioncode integer,
    isallmoneydecimal boolean,
    ismanualsalesforecastingenabled boolean,
    isnewaddproductexperienceenabled boolean,
    ispricelistmandatory boolean,
    isquickcreateenabledforopportunityclose boolean,
    issopintegrationenabled boolean,
    iswriteinproductsallowed boolean,
    languagecode integer,
    localeid integer,
    maximumdynamicpropertiesallowed integer,
    maxproductsinbundle integer,
    negativecurrencyformatcode integer,
    numbergroupformat character varying(50),
    numberseparator character varying(5),
    oobpricecalculationenabled boolean,
    pricingdecimalprecision integer,
    productrecommendationsenabled boolean,
    qualifyleadadditionaloptions character varying(4000),
    restrictstatusupdate boolean,
    sharetopreviousowneronassign boolean,
    uniquespecifierlength integer,
    useinbuiltrulefordefaultpricelistselection boolean,
    hs_roundunitdiscount boolean,
    hs_metadataversion integer,
    quoteprefix character varying(20),
    currentquotenumber integer,
    orderprefix character varying(20),
    currentordernumber integer,
    invoiceprefix character varying(20),
    currentinvoicenumber integer
);
CREATE TABLE public.pricelevel (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    pricelevelid uuid NOT NULL,
    name character varying(100),
    statecode integer,
    statuscode integer,
    organizationid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    begindate date,
    description text,
    enddate date,
    freighttermscode integer,
    paymentmethodcode integer,
    shippingmethodcode integer
);
CREATE TABLE public.product (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productid uuid NOT NULL,
    name character varying(100),
    statecode integer,
    statuscode integer,
    defaultuomid uuid,
    defaultuomscheduleid uuid,
    organizationid uuid,
    parentproductid uuid,
    pricelevelid uuid,
    transactioncurrencyid uuid,
    currentcost numeric(19,4),
    exchangerate numeric(24,12),
    price numeric(19,4),
    standardcost numeric(19,4),
    description text,
    hierarchypath character varying(450),
    iskit boolean,
    isreparented boolean,
    isstockitem boolean,
    productnumber character varying(100),
    productstructure integer,
    producttypecode integer,
    producturl character varying(255),
    quantitydecimal integer,
    quantityonhand numeric(20,5),
    size character varying(200),
    stockvolume numeric(17,2),
    stockweight numeric(17,2),
    suppliername character varying(100),
    validfromdate timestamp with time zone,
    validtodate timestamp with time zone,
    vendorid character varying(100),
    vendorname character varying(100),
    vendorpartnumber character varying(100),
    currentcost_base numeric(19,4),
    price_base numeric(19,4),
    standardcost_base numeric(19,4)
);
CREATE TABLE public.productassociation (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productassociationid uuid NOT NULL,
    statecode integer,
    statuscode integer,
    associatedproduct uuid,
    organizationid uuid,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    exchangerate numeric(24,12),
    productisrequired integer,
    propertycustomizationstatus integer,
    quantity numeric(20,5)
);
CREATE TABLE public.productpricelevel (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productpricelevelid uuid NOT NULL,
    discounttypeid uuid,
    pricelevelid uuid,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    uomscheduleid uuid,
    amount numeric(19,4),
    exchangerate numeric(24,12),
    roundingoptionamount numeric(19,4),
    organizationid uuid,
    percentage numeric(17,2),
    pricingmethodcode integer,
    quantitysellingcode integer,
    roundingoptioncode integer,
    roundingpolicycode integer,
    amount_base numeric(19,4),
    roundingoptionamount_base numeric(19,4)
);
CREATE TABLE public.productsubstitute (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productsubstituteid uuid NOT NULL,
    name character varying(100),
    statecode integer,
    statuscode integer,
    organizationid uuid,
    productid uuid,
    substitutedproductid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    direction integer,
    salesrelationshiptype integer
);
CREATE TABLE public.quote (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    discountamount numeric(19,4),
    exchangerate numeric(24,12),
    freightamount numeric(19,4),
    totalamount numeric(19,4),
    totalamountlessfreight numeric(19,4),
    totaldiscountamount numeric(19,4),
    totallineitemamount numeric(19,4),
    totaltax numeric(19,4),
    description text,
    discountpercentage numeric(17,2),
    emailaddress character varying(100),
    pricingerrorcode integer,
    skippricecalculation integer,
    customerid uuid,
    accountid uuid,
    contactid uuid,
    name character varying(300),
    opportunityid uuid,
    pricelevelid uuid,
    totallineitemdiscountamount numeric(19,4),
    paymenttermscode integer,
    shippingmethodcode integer,
    willcall boolean,
    quoteid uuid NOT NULL,
    statecode integer,
    statuscode integer,
    transactioncurrencyid uuid,
    campaignid uuid,
    closedon date,
    effectivefrom timestamp with time zone,
    effectiveto timestamp with time zone,
    expireson date,
    freighttermscode integer,
    quotecreationmethod integer,
    quotenumber character varying(100),
    requestdeliveryby timestamp with time zone,
    revisionnumber integer,
    hs_ispricelocked boolean,
    billto_addressid uuid,
    billto_name character varying(200),
    billto_contactname character varying(150),
    billto_line1 character varying(250),
    billto_line2 character varying(250),
    billto_line3 character varying(250),
    billto_city character varying(80),
    billto_stateorprovince character varying(50),
    billto_postalcode character varying(20),
    billto_country character varying(80),
    billto_telephone character varying(50),
    billto_fax character varying(50),
    billto_composite text,
    shipto_addressid uuid,
    shipto_name character varying(200),
    shipto_contactname character varying(150),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_composite text,
    shipto_freighttermscode integer,
    discountamount_base numeric(19,4),
    freightamount_base numeric(19,4),
    totalamount_base numeric(19,4),
    totalamountlessfreight_base numeric(19,4),
    totaldiscountamount_base numeric(19,4),
    totallineitemamount_base numeric(19,4),
    totaltax_base numeric(19,4),
    totallineitemdiscountamount_base numeric(19,4),
    CONSTRAINT quote_customer CHECK ((((accountid IS NULL) AND (contactid IS NULL) AND (customerid IS NULL)) OR ((accountid IS NOT NULL) AND (contactid IS NULL) AND (customerid IS NOT NULL) AND (customerid = accountid)) OR ((accountid IS NULL) AND (contactid IS NOT NULL) AND (customerid IS NOT NULL) AND (customerid = contactid)))),
    CONSTRAINT quote_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.quoteclose (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    activityid uuid NOT NULL,
    subject character varying(200),
    statecode integer,
    statuscode integer,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    activityadditionalparams character varying(8192),
    actualdurationminutes integer,
    actualend timestamp with time zone,
    actualstart timestamp with time zone,
    category character varying(250),
    description text,
    isbilled boolean,
    isregularactivity boolean,
    isworkflowcreated boolean,
    leftvoicemail boolean,
    prioritycode integer,
    scheduleddurationminutes integer,
    scheduledend timestamp with time zone,
    scheduledstart timestamp with time zone,
    sortdate timestamp with time zone,
    subcategory character varying(250),
    quoteid uuid,
    quotenumber character varying(100),
    revision integer,
    activitytypecode character varying(64),
    regardingobjectid uuid,
    hs_regardingobjecttype character varying(64),
    CONSTRAINT quoteclose_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.quotedetail (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    baseamount numeric(19,4),
    exchangerate numeric(24,12),
    extendedamount numeric(19,4),
    priceperunit numeric(19,4),
    volumediscountamount numeric(19,4),
    description text,
    ispriceoverridden boolean,
    isproductoverridden boolean,
    lineitemnumber integer,
    pricingerrorcode integer,
    productassociationid uuid,
    productdescription character varying(500),
    productname character varying(500),
    producttypecode integer,
    propertyconfigurationstatus integer,
    quantity numeric(20,5),
    sequencenumber integer,
    skippricecalculation integer,
    salesrepid uuid,
    manualdiscountamount numeric(19,4),
    tax numeric(19,4),
    willcall boolean,
    hs_originlineid uuid,
    hs_opportunityproductid uuid,
    quotedetailid uuid NOT NULL,
    quotedetailname character varying(500),
    quoteid uuid,
    parentbundleid uuid,
    parentbundleidref uuid,
    quotecreationmethod integer,
    requestdeliveryby timestamp with time zone,
    shipto_addressid uuid,
    shipto_name character varying(200),
    shipto_contactname character varying(150),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_freighttermscode integer,
    baseamount_base numeric(19,4),
    extendedamount_base numeric(19,4),
    priceperunit_base numeric(19,4),
    volumediscountamount_base numeric(19,4),
    manualdiscountamount_base numeric(19,4),
    tax_base numeric(19,4)
);
CREATE TABLE public.role (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    roleid uuid NOT NULL,
    name character varying(100),
    businessunitid uuid,
    parentroleid uuid,
    parentrootroleid uuid,
    ismanaged boolean
);
CREATE TABLE public.salesorder (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    discountamount numeric(19,4),
    exchangerate numeric(24,12),
    freightamount numeric(19,4),
    totalamount numeric(19,4),
    totalamountlessfreight numeric(19,4),
    totaldiscountamount numeric(19,4),
    totallineitemamount numeric(19,4),
    totaltax numeric(19,4),
    description text,
    discountpercentage numeric(17,2),
    emailaddress character varying(100),
    pricingerrorcode integer,
    skippricecalculation integer,
    customerid uuid,
    accountid uuid,
    contactid uuid,
    name character varying(300),
    opportunityid uuid,
    pricelevelid uuid,
    totallineitemdiscountamount numeric(19,4),
    paymenttermscode integer,
    shippingmethodcode integer,
    willcall boolean,
    salesorderid uuid NOT NULL,
    statecode integer,
    statuscode integer,
    quoteid uuid,
    transactioncurrencyid uuid,
    campaignid uuid,
    datefulfilled date,
    freighttermscode integer,
    ispricelocked boolean,
    lastbackofficesubmit timestamp with time zone,
    ordercreationmethod integer,
    ordernumber character varying(100),
    prioritycode integer,
    requestdeliveryby timestamp with time zone,
    submitdate date,
    submitstatus integer,
    submitstatusdescription text,
    billto_addressid uuid,
    billto_name character varying(200),
    billto_contactname character varying(150),
    billto_line1 character varying(250),
    billto_line2 character varying(250),
    billto_line3 character varying(250),
    billto_city character varying(80),
    billto_stateorprovince character varying(50),
    billto_postalcode character varying(20),
    billto_country character varying(80),
    billto_telephone character varying(50),
    billto_fax character varying(50),
    billto_composite text,
    shipto_addressid uuid,
    shipto_name character varying(200),
    shipto_contactname character varying(150),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_composite text,
    shipto_freighttermscode integer,
    discountamount_base numeric(19,4),
    freightamount_base numeric(19,4),
    totalamount_base numeric(19,4),
    totalamountlessfreight_base numeric(19,4),
    totaldiscountamount_base numeric(19,4),
    totallineitemamount_base numeric(19,4),
    totaltax_base numeric(19,4),
    totallineitemdiscountamount_base numeric(19,4),
    CONSTRAINT salesorder_customer CHECK ((((accountid IS NULL) AND (contactid IS NULL) AND (customerid IS NULL)) OR ((accountid IS NOT NULL) AND (contactid IS NULL) AND (customerid IS NOT NULL) AND (customerid = accountid)) OR ((accountid IS NULL) AND (contactid IS NOT NULL) AND (customerid IS NOT NULL) AND (customerid = contactid)))),
    CONSTRAINT salesorder_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
CREATE TABLE public.salesorderdetail (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    productid uuid,
    transactioncurrencyid uuid,
    uomid uuid,
    baseamount numeric(19,4),
    exchangerate numeric(24,12),
    extendedamount numeric(19,4),
    priceperunit numeric(19,4),
    volumediscountamount numeric(19,4),
    description text,
    ispriceoverridden boolean,
    isproductoverridden boolean,
    lineitemnumber integer,
    pricingerrorcode integer,
    productassociationid uuid,
    productdescription character varying(500),
    productname character varying(500),
    producttypecode integer,
    propertyconfigurationstatus integer,
    quantity numeric(20,5),
    sequencenumber integer,
    skippricecalculation integer,
    salesrepid uuid,
    manualdiscountamount numeric(19,4),
    tax numeric(19,4),
    willcall boolean,
    hs_originlineid uuid,
    hs_opportunityproductid uuid,
    salesorderdetailid uuid NOT NULL,
    salesorderdetailname character varying(100),
    salesorderid uuid,
    parentbundleid uuid,
    parentbundleidref uuid,
    quotedetailid uuid,
    iscopied boolean,
    quantitybackordered numeric(20,5),
    quantitycancelled numeric(20,5),
    quantityshipped numeric(20,5),
    requestdeliveryby timestamp with time zone,
    shipto_addressid uuid,
    shipto_name character varying(200),
    shipto_contactname character varying(150),
    shipto_line1 character varying(250),
    shipto_line2 character varying(250),
    shipto_line3 character varying(250),
    shipto_city character varying(80),
    shipto_stateorprovince character varying(50),
    shipto_postalcode character varying(20),
    shipto_country character varying(80),
    shipto_telephone character varying(50),
    shipto_fax character varying(50),
    shipto_freighttermscode integer,
    baseamount_base numeric(19,4),
    extendedamount_base numeric(19,4),
    priceperunit_base numeric(19,4),
    volumediscountamount_base numeric(19,4),
    manualdiscountamount_base numeric(19,4),
    tax_base numeric(19,4)
);
CREATE TABLE public.savedquery (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    savedqueryid uuid NOT NULL,
    name character varying(200),
    statecode integer,
    statuscode integer,
    returnedtypecode character varying(64),
    querytype integer,
    fetchxml text,
    layoutxml text,
    description text,
    isdefault boolean,
    isquickfindquery boolean,
    isuserdefined boolean,
    ismanaged boolean
);
CREATE TABLE public.sdkmessage (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    sdkmessageid uuid NOT NULL,
    name character varying(256),
    categoryname character varying(25),
    isactive boolean,
    isprivate boolean
);
CREATE TABLE public.sdkmessagefilter (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    sdkmessagefilterid uuid NOT NULL,
    name character varying(256),
    sdkmessageid uuid,
    primaryobjecttypecode character varying(64),
    secondaryobjecttypecode character varying(64),
    isvisible boolean
);
CREATE TABLE public.systemuser (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    last_login timestamp with time zone,
    password character varying(128),
    systemuserid uuid NOT NULL,
    fullname character varying(200),
    businessunitid uuid,
    parentsystemuserid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    accessmode integer,
    applicationid uuid,
    applicationiduri character varying(1024),
    azureactivedirectoryobjectid uuid,
    caltype integer,
    disabledreason character varying(500),
    domainname character varying(1024),
    employeeid character varying(100),
    firstname character varying(64),
    governmentid character varying(100),
    homephone character varying(50),
    internalemailaddress character varying(100),
    invitestatuscode integer,
    isdisabled boolean,
    isintegrationuser boolean,
    islicensed boolean,
    issyncwithdirectory boolean,
    jobtitle character varying(100),
    lastname character varying(64),
    middlename character varying(50),
    mobilealertemail character varying(100),
    mobilephone character varying(64),
    nickname character varying(50),
    organizationid uuid,
    personalemailaddress character varying(100),
    photourl character varying(200),
    preferredaddresscode integer,
    preferredemailcode integer,
    preferredphonecode integer,
    salutation character varying(20),
    setupuser boolean,
    skills character varying(100),
    title character varying(128),
    userlicensetype integer,
    windowsliveid character varying(1024),
    yomifirstname character varying(64),
    yomifullname character varying(200),
    yomilastname character varying(64),
    yomimiddlename character varying(50),
    address1_addressid uuid,
    address1_addresstypecode integer,
    address1_name character varying(100),
    address1_line1 character varying(1024),
    address1_line2 character varying(1024),
    address1_line3 character varying(1024),
    address1_postofficebox character varying(40),
    address1_city character varying(128),
    address1_county character varying(128),
    address1_stateorprovince character varying(128),
    address1_postalcode character varying(40),
    address1_country character varying(128),
    address1_telephone1 character varying(64),
    address1_telephone2 character varying(50),
    address1_telephone3 character varying(50),
    address1_fax character varying(64),
    address1_shippingmethodcode integer,
    address1_upszone character varying(4),
    address1_utcoffset integer,
    address1_latitude double precision,
    address1_longitude double precision,
    address1_composite text,
    address2_addressid uuid,
    address2_addresstypecode integer,
    address2_name character varying(100),
    address2_line1 character varying(1024),
    address2_line2 character varying(1024),
    address2_line3 character varying(1024),
    address2_postofficebox character varying(40),
    address2_city character varying(128),
    address2_county character varying(128),
    address2_stateorprovince character varying(128),
    address2_postalcode character varying(40),
    address2_country character varying(128),
    address2_telephone1 character varying(50),
    address2_telephone2 character varying(50),
    address2_telephone3 character varying(50),
    address2_fax character varying(50),
    address2_shippingmethodcode integer,
    address2_upszone character varying(4),
    address2_utcoffset integer,
    address2_latitude double precision,
    address2_longitude double precision,
    address2_composite text
);
CREATE TABLE public.systemuserroles (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    systemuserroleid uuid NOT NULL,
    systemuserid uuid,
    roleid uuid
);
CREATE TABLE public.team (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    teamid uuid NOT NULL,
    name character varying(160),
    administratorid uuid,
    businessunitid uuid,
    transactioncurrencyid uuid,
    exchangerate numeric(24,12),
    description text,
    emailaddress character varying(100),
    isdefault boolean,
    organizationid uuid,
    systemmanaged boolean,
    teamtype integer,
    yominame character varying(160),
    regardingobjectid uuid,
    hs_regardingobjecttype character varying(64)
);
CREATE TABLE public.teammembership (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    teammembershipid uuid NOT NULL,
    teamid uuid,
    systemuserid uuid
);
CREATE TABLE public.teamroles (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    teamroleid uuid NOT NULL,
    teamid uuid,
    roleid uuid
);
CREATE TABLE public.transactioncurrency (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    transactioncurrencyid uuid NOT NULL,
    currencyname character varying(100),
    statecode integer,
    statuscode integer,
    organizationid uuid,
    exchangerate numeric(24,12),
    currencyprecision integer,
    currencysymbol character varying(10),
    isocurrencycode character varying(5)
);
CREATE TABLE public.uom (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    uomid uuid NOT NULL,
    name character varying(100),
    baseuom uuid,
    uomscheduleid uuid,
    isschedulebaseuom boolean,
    organizationid uuid,
    quantity numeric(20,5)
);
CREATE TABLE public.uomschedule (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    importsequencenumber integer,
    overriddencreatedon timestamp with time zone,
    uomscheduleid uuid NOT NULL,
    name character varying(200),
    statecode integer,
    statuscode integer,
    organizationid uuid,
    baseuomname character varying(100),
    description text
);
CREATE TABLE public.userquery (
    versionnumber bigint NOT NULL,
    hs_custom jsonb,
    createdon timestamp with time zone,
    createdby uuid,
    createdonbehalfby uuid,
    modifiedon timestamp with time zone,
    modifiedby uuid,
    modifiedonbehalfby uuid,
    ownerid uuid,
    owninguser uuid,
    owningteam uuid,
    owningbusinessunit uuid,
    userqueryid uuid NOT NULL,
    name character varying(200),
    statecode integer,
    statuscode integer,
    returnedtypecode character varying(64),
    querytype integer,
    fetchxml text,
    layoutxml text,
    description text,
    CONSTRAINT userquery_owner CHECK ((((ownerid IS NULL) AND (owningteam IS NULL) AND (owninguser IS NULL)) OR ((ownerid IS NOT NULL) AND (owningteam IS NULL) AND (owninguser IS NOT NULL) AND (ownerid = owninguser)) OR ((ownerid IS NOT NULL) AND (owningteam IS NOT NULL) AND (owninguser IS NULL) AND (ownerid = owningteam))))
);
INSERT INTO public.account VALUES (13, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', '019b76da-a800-7000-8000-0000000006e4', 'Acme', 0, 1, NULL, NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, 1.000000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Head office', 'Ann Lee', 'Main St 1', 'Floor 2', 'Door 3', NULL, 'Bern', NULL, 'BE', '3000', 'Switzerland', '+41 31', NULL, NULL, '+41 32', 1, 3, NULL, NULL, NULL, NULL, 'Main St 1
Floor 2
Door 3
Bern, BE 3000
Switzerland', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.account VALUES (16, '{"new_code": "E-1"}', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', '019b76da-a800-7000-8000-0000000006f3', 'Émile & Sœurs', 0, 1, NULL, NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, 1.000000000000, NULL, NULL, NULL, NULL, 'ÉM-1', NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Émile@example.com', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.attributemap VALUES (15, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-0000000006ee', 'new_project', 'new_project', '019b76da-a800-7000-8000-000000000166', false);
INSERT INTO public.businessunit VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000000', 'Handsel', NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.contact VALUES (14, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', '019b76da-a800-7000-8000-0000000006e9', 'Ann Lee', 0, 1, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, NULL, 1.000000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Ann', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Lee', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Lake Rd 9', NULL, NULL, NULL, 'Thun', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Lake Rd 9
Thun', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.django_migrations VALUES (1, 'handsel', '0001_initial', '2026-01-01 00:00:00+00');
INSERT INTO public.entitymap VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '019b76da-a800-7000-8000-000000000166', 'opportunity', 'quote');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-000000000684', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'AddColumn', 'create', 'hs_customcolumn', '019b76da-a800-7000-8000-000000000682', 1, '[{"table":"hs_customcolumn","id":"019b76da-a800-7000-8000-000000000682","action":"create","values":{"tablename":"opportunity","logicalname":"new_project","schemaname":"new_project","label":"new_project","kind":"String","max_length":20}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-000000000688', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'AddColumn', 'create', 'hs_customcolumn', '019b76da-a800-7000-8000-000000000686', 2, '[{"table":"hs_customcolumn","id":"019b76da-a800-7000-8000-000000000686","action":"create","values":{"tablename":"quote","logicalname":"new_project","schemaname":"new_project","label":"new_project","kind":"String","max_length":20}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-00000000068c', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'AddColumn', 'create', 'hs_customcolumn', '019b76da-a800-7000-8000-00000000068a', 3, '[{"table":"hs_customcolumn","id":"019b76da-a800-7000-8000-00000000068a","action":"create","values":{"tablename":"account","logicalname":"new_code","schemaname":"new_code","label":"new_code","kind":"String","max_length":20}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-000000000690', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'AddKey', 'create', 'hs_customkey', '019b76da-a800-7000-8000-00000000068e', 4, '[{"table":"hs_customkey","id":"019b76da-a800-7000-8000-00000000068e","action":"create","values":{"tablename":"account","schemaname":"new_codekey","columns":["new_code"]}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-000000000694', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'transactioncurrency', '019b76da-a800-7000-8000-000000000692', 5, '[{"table":"transactioncurrency","id":"019b76da-a800-7000-8000-000000000692","action":"create","values":{"currencyname":"Euro","isocurrencycode":"EUR","currencysymbol":"€","exchangerate":"0.8","statecode":0,"statuscode":1,"currencyprecision":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000692"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-00000000069b', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'uomschedule', '019b76da-a800-7000-8000-000000000697', 6, '[{"table":"uomschedule","id":"019b76da-a800-7000-8000-000000000697","action":"create","values":{"name":"Pieces","baseuomname":"Piece","statecode":0,"statuscode":1,"uomscheduleid":"019b76da-a800-7000-8000-000000000697"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-00000000069d', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'uom', '019b76da-a800-7000-8000-000000000699', 6, '[{"table":"uom","id":"019b76da-a800-7000-8000-000000000699","action":"create","values":{"name":"Piece","uomscheduleid":"019b76da-a800-7000-8000-000000000697","quantity":"1","isschedulebaseuom":true,"uomid":"019b76da-a800-7000-8000-000000000699"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006a2', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'uom', '019b76da-a800-7000-8000-0000000006a0', 7, '[{"table":"uom","id":"019b76da-a800-7000-8000-0000000006a0","action":"create","values":{"name":"Dozen","quantity":"12","uomscheduleid":"019b76da-a800-7000-8000-000000000697","baseuom":"019b76da-a800-7000-8000-000000000699","isschedulebaseuom":false,"uomid":"019b76da-a800-7000-8000-0000000006a0"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006a9', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'pricelevel', '019b76da-a800-7000-8000-0000000006a5', 8, '[{"table":"pricelevel","id":"019b76da-a800-7000-8000-0000000006a5","action":"create","values":{"name":"Standard","statecode":0,"statuscode":100001,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","pricelevelid":"019b76da-a800-7000-8000-0000000006a5"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006ab', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'pricelevel', '019b76da-a800-7000-8000-0000000006a7', 8, '[{"table":"pricelevel","id":"019b76da-a800-7000-8000-0000000006a7","action":"create","values":{"name":"Standard EUR","transactioncurrencyid":"019b76da-a800-7000-8000-000000000692","statecode":0,"statuscode":100001,"pricelevelid":"019b76da-a800-7000-8000-0000000006a7"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006b4', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'product', '019b76da-a800-7000-8000-0000000006ae', 9, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006ae","action":"create","values":{"defaultuomscheduleid":"019b76da-a800-7000-8000-000000000697","defaultuomid":"019b76da-a800-7000-8000-000000000699","quantitydecimal":0,"productnumber":"P-Lamp","name":"Lamp","price":"20.00","statecode":2,"statuscode":0,"iskit":false,"isreparented":false,"productstructure":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","productid":"019b76da-a800-7000-8000-0000000006ae","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006b6', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'product', '019b76da-a800-7000-8000-0000000006b0', 9, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006b0","action":"create","values":{"defaultuomscheduleid":"019b76da-a800-7000-8000-000000000697","defaultuomid":"019b76da-a800-7000-8000-000000000699","quantitydecimal":0,"productnumber":"P-Desk","name":"Desk","price":"300.00","statecode":2,"statuscode":0,"iskit":false,"isreparented":false,"productstructure":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","productid":"019b76da-a800-7000-8000-0000000006b0","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006b8', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'product', '019b76da-a800-7000-8000-0000000006b2', 9, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006b2","action":"create","values":{"defaultuomscheduleid":"019b76da-a800-7000-8000-000000000697","defaultuomid":"019b76da-a800-7000-8000-000000000699","quantitydecimal":2,"productnumber":"P-Cable","name":"Cable","price":"3.00","statecode":2,"statuscode":0,"iskit":false,"isreparented":false,"productstructure":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","productid":"019b76da-a800-7000-8000-0000000006b2","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006bb', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Update', 'update', 'product', '019b76da-a800-7000-8000-0000000006ae', 10, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006ae","action":"update","changed":{"statecode":[2,0],"statuscode":[0,1]}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006bd', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Update', 'update', 'product', '019b76da-a800-7000-8000-0000000006b0', 10, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006b0","action":"update","changed":{"statecode":[2,0],"statuscode":[0,1]}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006bf', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Update', 'update', 'product', '019b76da-a800-7000-8000-0000000006b2', 10, '[{"table":"product","id":"019b76da-a800-7000-8000-0000000006b2","action":"update","changed":{"statecode":[2,0],"statuscode":[0,1]}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006ca', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006c2', 11, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006c2","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a5","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006ae","uomid":"019b76da-a800-7000-8000-000000000699","amount":"19.99","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006c2","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006cc', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006c4', 11, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006c4","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a5","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b0","uomid":"019b76da-a800-7000-8000-000000000699","amount":"250.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006c4","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006ce', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006c6', 11, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006c6","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a5","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b2","uomid":"019b76da-a800-7000-8000-000000000699","amount":"3.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006c6","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006d0', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006c8', 11, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006c8","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a5","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b2","uomid":"019b76da-a800-7000-8000-0000000006a0","amount":"30.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006c8","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006db', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006d3', 12, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006d3","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a7","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006ae","uomid":"019b76da-a800-7000-8000-000000000699","amount":"19.99","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000692","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006d3","exchangerate":"0.800000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006dd', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006d5', 12, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006d5","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a7","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b0","uomid":"019b76da-a800-7000-8000-000000000699","amount":"250.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000692","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006d5","exchangerate":"0.800000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006df', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006d7', 12, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006d7","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a7","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b2","uomid":"019b76da-a800-7000-8000-000000000699","amount":"3.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000692","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006d7","exchangerate":"0.800000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006e1', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'productpricelevel', '019b76da-a800-7000-8000-0000000006d9', 12, '[{"table":"productpricelevel","id":"019b76da-a800-7000-8000-0000000006d9","action":"create","values":{"pricelevelid":"019b76da-a800-7000-8000-0000000006a7","pricingmethodcode":1,"productid":"019b76da-a800-7000-8000-0000000006b2","uomid":"019b76da-a800-7000-8000-0000000006a0","amount":"30.00","quantitysellingcode":1,"roundingoptioncode":1,"roundingpolicycode":1,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000692","uomscheduleid":"019b76da-a800-7000-8000-000000000697","productpricelevelid":"019b76da-a800-7000-8000-0000000006d9","exchangerate":"0.800000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006e6', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'account', '019b76da-a800-7000-8000-0000000006e4', 13, '[{"table":"account","id":"019b76da-a800-7000-8000-0000000006e4","action":"create","values":{"name":"Acme","address1_name":"Head office","address1_primarycontactname":"Ann Lee","address1_line1":"Main St 1","address1_line2":"Floor 2","address1_line3":"Door 3","address1_city":"Bern","address1_stateorprovince":"BE","address1_postalcode":"3000","address1_country":"Switzerland","address1_telephone1":"+41 31","address1_fax":"+41 32","paymenttermscode":2,"address1_freighttermscode":1,"address1_shippingmethodcode":3,"statecode":0,"statuscode":1,"creditonhold":false,"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","owningbusinessunit":"019b76da-a800-7000-8000-000000000000","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","accountid":"019b76da-a800-7000-8000-0000000006e4","address1_composite":"Main St 1\nFloor 2\nDoor 3\nBern, BE 3000\nSwitzerland","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006eb', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'contact', '019b76da-a800-7000-8000-0000000006e9', 14, '[{"table":"contact","id":"019b76da-a800-7000-8000-0000000006e9","action":"create","values":{"firstname":"Ann","lastname":"Lee","address1_line1":"Lake Rd 9","address1_city":"Thun","statecode":0,"statuscode":1,"creditonhold":false,"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","owningbusinessunit":"019b76da-a800-7000-8000-000000000000","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","contactid":"019b76da-a800-7000-8000-0000000006e9","fullname":"Ann Lee","address1_composite":"Lake Rd 9\nThun","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006f0', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'attributemap', '019b76da-a800-7000-8000-0000000006ee', 15, '[{"table":"attributemap","id":"019b76da-a800-7000-8000-0000000006ee","action":"create","values":{"entitymapid":"019b76da-a800-7000-8000-000000000166","sourceattributename":"new_project","targetattributename":"new_project","issystem":false,"attributemapid":"019b76da-a800-7000-8000-0000000006ee"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006f5', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'account', '019b76da-a800-7000-8000-0000000006f3', 16, '[{"table":"account","id":"019b76da-a800-7000-8000-0000000006f3","action":"create","values":{"new_code":"E-1","name":"Émile & Sœurs","accountnumber":"ÉM-1","emailaddress1":"Émile@example.com","statecode":0,"statuscode":1,"creditonhold":false,"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","owningbusinessunit":"019b76da-a800-7000-8000-000000000000","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","accountid":"019b76da-a800-7000-8000-0000000006f3","exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-0000000006fe', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'opportunity', '019b76da-a800-7000-8000-0000000006f8', 17, '[{"table":"opportunity","id":"019b76da-a800-7000-8000-0000000006f8","action":"create","values":{"name":"Desks for Émile","customerid":"019b76da-a800-7000-8000-0000000006f3","pricelevelid":"019b76da-a800-7000-8000-0000000006a5","new_project":"Apollo","pricingerrorcode":0,"statecode":0,"statuscode":1,"isrevenuesystemcalculated":false,"pursuitdecision":false,"resolvefeedback":false,"sendthankyounote":false,"hs_ispricelocked":false,"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","owningbusinessunit":"019b76da-a800-7000-8000-000000000000","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","accountid":"019b76da-a800-7000-8000-0000000006f3","opportunityid":"019b76da-a800-7000-8000-0000000006f8","totallineitemamount":"289.98","totallineitemdiscountamount":"0.00","totaldiscountamount":"0.00","totalamountlessfreight":"289.98","totaltax":"0.00","totalamount":"289.98","exchangerate":"1.000000000000"}},{"table":"opportunityproduct","id":"019b76da-a800-7000-8000-0000000006fa","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006ae","quantity":"2","opportunityid":"019b76da-a800-7000-8000-0000000006f8","ispriceoverridden":false,"isproductoverridden":false,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomid":"019b76da-a800-7000-8000-000000000699","productname":"Lamp","opportunityproductname":"Lamp","lineitemnumber":1,"sequencenumber":1,"opportunityproductid":"019b76da-a800-7000-8000-0000000006fa","priceperunit":"19.99","volumediscountamount":"0.00","baseamount":"39.98","extendedamount":"39.98","pricingerrorcode":0,"exchangerate":"1.000000000000"}},{"table":"opportunityproduct","id":"019b76da-a800-7000-8000-0000000006fc","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006b0","quantity":"1","opportunityid":"019b76da-a800-7000-8000-0000000006f8","ispriceoverridden":false,"isproductoverridden":false,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomid":"019b76da-a800-7000-8000-000000000699","productname":"Desk","opportunityproductname":"Desk","lineitemnumber":2,"sequencenumber":2,"opportunityproductid":"019b76da-a800-7000-8000-0000000006fc","priceperunit":"250.00","volumediscountamount":"0.00","baseamount":"250.00","extendedamount":"250.00","pricingerrorcode":0,"exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-000000000707', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'Create', 'create', 'opportunity', '019b76da-a800-7000-8000-000000000701', 18, '[{"table":"opportunity","id":"019b76da-a800-7000-8000-000000000701","action":"create","values":{"name":"Lamps for Émile","customerid":"019b76da-a800-7000-8000-0000000006f3","pricelevelid":"019b76da-a800-7000-8000-0000000006a5","new_project":"Apollo","pricingerrorcode":0,"statecode":0,"statuscode":1,"isrevenuesystemcalculated":false,"pursuitdecision":false,"resolvefeedback":false,"sendthankyounote":false,"hs_ispricelocked":false,"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","owningbusinessunit":"019b76da-a800-7000-8000-000000000000","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","accountid":"019b76da-a800-7000-8000-0000000006f3","opportunityid":"019b76da-a800-7000-8000-000000000701","totallineitemamount":"289.98","totallineitemdiscountamount":"0.00","totaldiscountamount":"0.00","totalamountlessfreight":"289.98","totaltax":"0.00","totalamount":"289.98","exchangerate":"1.000000000000"}},{"table":"opportunityproduct","id":"019b76da-a800-7000-8000-000000000703","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006ae","quantity":"2","opportunityid":"019b76da-a800-7000-8000-000000000701","ispriceoverridden":false,"isproductoverridden":false,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomid":"019b76da-a800-7000-8000-000000000699","productname":"Lamp","opportunityproductname":"Lamp","lineitemnumber":1,"sequencenumber":1,"opportunityproductid":"019b76da-a800-7000-8000-000000000703","priceperunit":"19.99","volumediscountamount":"0.00","baseamount":"39.98","extendedamount":"39.98","pricingerrorcode":0,"exchangerate":"1.000000000000"}},{"table":"opportunityproduct","id":"019b76da-a800-7000-8000-000000000705","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006b0","quantity":"1","opportunityid":"019b76da-a800-7000-8000-000000000701","ispriceoverridden":false,"isproductoverridden":false,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","uomid":"019b76da-a800-7000-8000-000000000699","productname":"Desk","opportunityproductname":"Desk","lineitemnumber":2,"sequencenumber":2,"opportunityproductid":"019b76da-a800-7000-8000-000000000705","priceperunit":"250.00","volumediscountamount":"0.00","baseamount":"250.00","extendedamount":"250.00","pricingerrorcode":0,"exchangerate":"1.000000000000"}}]');
INSERT INTO public.hs_audit VALUES ('019b76da-a800-7000-8000-00000000070f', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, 'GenerateQuoteFromOpportunity', 'create', 'quote', '019b76da-a800-7000-8000-00000000070a', 19, '[{"table":"quote","id":"019b76da-a800-7000-8000-00000000070a","action":"create","values":{"ownerid":"019b76da-a800-7000-8000-000000000002","owninguser":"019b76da-a800-7000-8000-000000000002","customerid":"019b76da-a800-7000-8000-0000000006f3","accountid":"019b76da-a800-7000-8000-0000000006f3","name":"Lamps for Émile","pricelevelid":"019b76da-a800-7000-8000-0000000006a5","transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","opportunityid":"019b76da-a800-7000-8000-000000000701","hs_ispricelocked":false,"new_project":"Apollo","quotecreationmethod":776160000,"owningbusinessunit":"019b76da-a800-7000-8000-000000000000","exchangerate":"1.000000000000","statecode":0,"statuscode":1,"revisionnumber":0,"quoteid":"019b76da-a800-7000-8000-00000000070a","totallineitemamount":"289.98","totallineitemdiscountamount":"0.00","totaldiscountamount":"0.00","totalamountlessfreight":"289.98","totaltax":"0.00","totalamount":"289.98","pricingerrorcode":0,"quotenumber":"QUO-01000-AAAAAA"}},{"table":"quotedetail","id":"019b76da-a800-7000-8000-00000000070c","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006ae","uomid":"019b76da-a800-7000-8000-000000000699","quantity":"2.00000","isproductoverridden":false,"productname":"Lamp","ispriceoverridden":false,"priceperunit":"19.9900","lineitemnumber":1,"sequencenumber":1,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","quotedetailname":"Lamp","quotecreationmethod":776160000,"quotedetailid":"019b76da-a800-7000-8000-00000000070c","quoteid":"019b76da-a800-7000-8000-00000000070a","exchangerate":"1.000000000000","hs_opportunityproductid":"019b76da-a800-7000-8000-000000000703","volumediscountamount":"0.00","baseamount":"39.98","extendedamount":"39.98","pricingerrorcode":0}},{"table":"quotedetail","id":"019b76da-a800-7000-8000-00000000070d","action":"create","values":{"productid":"019b76da-a800-7000-8000-0000000006b0","uomid":"019b76da-a800-7000-8000-000000000699","quantity":"1.00000","isproductoverridden":false,"productname":"Desk","ispriceoverridden":false,"priceperunit":"250.0000","lineitemnumber":2,"sequencenumber":2,"producttypecode":1,"propertyconfigurationstatus":2,"transactioncurrencyid":"019b76da-a800-7000-8000-000000000006","quotedetailname":"Desk","quotecreationmethod":776160000,"quotedetailid":"019b76da-a800-7000-8000-00000000070d","quoteid":"019b76da-a800-7000-8000-00000000070a","exchangerate":"1.000000000000","hs_opportunityproductid":"019b76da-a800-7000-8000-000000000705","volumediscountamount":"0.00","baseamount":"250.00","extendedamount":"250.00","pricingerrorcode":0}}]');
INSERT INTO public.hs_customcolumn VALUES ('019b76da-a800-7000-8000-000000000682', 'opportunity', 'new_project', 'new_project', 'new_project', 'String', '{"max_length":20,"precision":null,"minimum":null,"maximum":null,"options":{},"target":null,"required":false,"description":"","format":null,"behavior":null,"relationship":null}');
INSERT INTO public.hs_customcolumn VALUES ('019b76da-a800-7000-8000-000000000686', 'quote', 'new_project', 'new_project', 'new_project', 'String', '{"max_length":20,"precision":null,"minimum":null,"maximum":null,"options":{},"target":null,"required":false,"description":"","format":null,"behavior":null,"relationship":null}');
INSERT INTO public.hs_customcolumn VALUES ('019b76da-a800-7000-8000-00000000068a', 'account', 'new_code', 'new_code', 'new_code', 'String', '{"max_length":20,"precision":null,"minimum":null,"maximum":null,"options":{},"target":null,"required":false,"description":"","format":null,"behavior":null,"relationship":null}');
INSERT INTO public.hs_customkey VALUES ('019b76da-a800-7000-8000-00000000068e', 'account', 'new_codekey', 'new_codekey', 'new_codekey', '["new_code"]');
INSERT INTO public.opportunity VALUES (17, '{"new_project": "Apollo"}', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', NULL, 1.000000000000, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000, NULL, NULL, NULL, 0, NULL, '019b76da-a800-7000-8000-0000000006f3', '019b76da-a800-7000-8000-0000000006f3', NULL, '019b76da-a800-7000-8000-0000000006f8', 'Desks for Émile', 0, 1, NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, 0.0000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, false, NULL, false, NULL, NULL, NULL, 0.0000, NULL, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000);
INSERT INTO public.opportunity VALUES (18, '{"new_project": "Apollo"}', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', NULL, 1.000000000000, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000, NULL, NULL, NULL, 0, NULL, '019b76da-a800-7000-8000-0000000006f3', '019b76da-a800-7000-8000-0000000006f3', NULL, '019b76da-a800-7000-8000-000000000701', 'Lamps for Émile', 0, 1, NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, 0.0000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, false, NULL, false, NULL, NULL, NULL, 0.0000, NULL, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000);
INSERT INTO public.opportunityproduct VALUES (17, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006ae', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 39.9800, 1.000000000000, 39.9800, 19.9900, 0.0000, NULL, false, false, 1, 0, NULL, NULL, 'Lamp', 1, 2, 2.00000, 1, NULL, '019b76da-a800-7000-8000-0000000006fa', 'Lamp', '019b76da-a800-7000-8000-0000000006f8', NULL, NULL, NULL, NULL, NULL, NULL, 39.9800, 39.9800, 19.9900, 0.0000);
INSERT INTO public.opportunityproduct VALUES (17, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006b0', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 250.0000, 1.000000000000, 250.0000, 250.0000, 0.0000, NULL, false, false, 2, 0, NULL, NULL, 'Desk', 1, 2, 1.00000, 2, NULL, '019b76da-a800-7000-8000-0000000006fc', 'Desk', '019b76da-a800-7000-8000-0000000006f8', NULL, NULL, NULL, NULL, NULL, NULL, 250.0000, 250.0000, 250.0000, 0.0000);
INSERT INTO public.opportunityproduct VALUES (18, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006ae', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 39.9800, 1.000000000000, 39.9800, 19.9900, 0.0000, NULL, false, false, 1, 0, NULL, NULL, 'Lamp', 1, 2, 2.00000, 1, NULL, '019b76da-a800-7000-8000-000000000703', 'Lamp', '019b76da-a800-7000-8000-000000000701', NULL, NULL, NULL, NULL, NULL, NULL, 39.9800, 39.9800, 19.9900, 0.0000);
INSERT INTO public.opportunityproduct VALUES (18, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006b0', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 250.0000, 1.000000000000, 250.0000, 250.0000, 0.0000, NULL, false, false, 2, 0, NULL, NULL, 'Desk', 1, 2, 1.00000, 2, NULL, '019b76da-a800-7000-8000-000000000705', 'Desk', '019b76da-a800-7000-8000-000000000701', NULL, NULL, NULL, NULL, NULL, NULL, 250.0000, 250.0000, 250.0000, 0.0000);
INSERT INTO public.organization VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '019b76da-a800-7000-8000-000000000004', 'Handsel', '019b76da-a800-7000-8000-000000000006', 2, '$', false, false, 2, 0, 0, NULL, '.', 0, true, NULL, 2002, 1, false, false, false, true, false, false, true, 1033, NULL, 50, 15, 1, '3', ',', true, 2, false, '{}', false, false, 6, true, false, 5, 'QUO', 1000, 'ORD', 1000, 'INV', 1000);
INSERT INTO public.pricelevel VALUES (8, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006a5', 'Standard', 0, 100001, NULL, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.pricelevel VALUES (8, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006a7', 'Standard EUR', 0, 100001, NULL, '019b76da-a800-7000-8000-000000000692', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.product VALUES (10, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006ae', 'Lamp', 0, 1, '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, 1.000000000000, 20.0000, NULL, NULL, NULL, false, false, NULL, 'P-Lamp', 1, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 20.0000, NULL);
INSERT INTO public.product VALUES (10, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006b0', 'Desk', 0, 1, '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, 1.000000000000, 300.0000, NULL, NULL, NULL, false, false, NULL, 'P-Desk', 1, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 300.0000, NULL);
INSERT INTO public.product VALUES (10, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006b2', 'Cable', 0, 1, '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', NULL, 1.000000000000, 3.0000, NULL, NULL, NULL, false, false, NULL, 'P-Cable', 1, NULL, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3.0000, NULL);
INSERT INTO public.productpricelevel VALUES (11, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006c2', NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-0000000006ae', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 19.9900, 1.000000000000, NULL, NULL, NULL, 1, 1, 1, 1, 19.9900, NULL);
INSERT INTO public.productpricelevel VALUES (11, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006c4', NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-0000000006b0', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 250.0000, 1.000000000000, NULL, NULL, NULL, 1, 1, 1, 1, 250.0000, NULL);
INSERT INTO public.productpricelevel VALUES (11, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006c6', NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-0000000006b2', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 3.0000, 1.000000000000, NULL, NULL, NULL, 1, 1, 1, 1, 3.0000, NULL);
INSERT INTO public.productpricelevel VALUES (11, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006c8', NULL, '019b76da-a800-7000-8000-0000000006a5', '019b76da-a800-7000-8000-0000000006b2', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-0000000006a0', '019b76da-a800-7000-8000-000000000697', 30.0000, 1.000000000000, NULL, NULL, NULL, 1, 1, 1, 1, 30.0000, NULL);
INSERT INTO public.productpricelevel VALUES (12, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006d3', NULL, '019b76da-a800-7000-8000-0000000006a7', '019b76da-a800-7000-8000-0000000006ae', '019b76da-a800-7000-8000-000000000692', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 19.9900, 0.800000000000, NULL, NULL, NULL, 1, 1, 1, 1, 24.9900, NULL);
INSERT INTO public.productpricelevel VALUES (12, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006d5', NULL, '019b76da-a800-7000-8000-0000000006a7', '019b76da-a800-7000-8000-0000000006b0', '019b76da-a800-7000-8000-000000000692', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 250.0000, 0.800000000000, NULL, NULL, NULL, 1, 1, 1, 1, 312.5000, NULL);
INSERT INTO public.productpricelevel VALUES (12, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006d7', NULL, '019b76da-a800-7000-8000-0000000006a7', '019b76da-a800-7000-8000-0000000006b2', '019b76da-a800-7000-8000-000000000692', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', 3.0000, 0.800000000000, NULL, NULL, NULL, 1, 1, 1, 1, 3.7500, NULL);
INSERT INTO public.productpricelevel VALUES (12, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006d9', NULL, '019b76da-a800-7000-8000-0000000006a7', '019b76da-a800-7000-8000-0000000006b2', '019b76da-a800-7000-8000-000000000692', '019b76da-a800-7000-8000-0000000006a0', '019b76da-a800-7000-8000-000000000697', 30.0000, 0.800000000000, NULL, NULL, NULL, 1, 1, 1, 1, 37.5000, NULL);
INSERT INTO public.quote VALUES (19, '{"new_project": "Apollo"}', '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000002', '019b76da-a800-7000-8000-000000000002', NULL, '019b76da-a800-7000-8000-000000000000', NULL, 1.000000000000, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000, NULL, NULL, NULL, 0, NULL, '019b76da-a800-7000-8000-0000000006f3', '019b76da-a800-7000-8000-0000000006f3', NULL, 'Lamps for Émile', '019b76da-a800-7000-8000-000000000701', '019b76da-a800-7000-8000-0000000006a5', 0.0000, NULL, NULL, NULL, '019b76da-a800-7000-8000-00000000070a', 0, 1, '019b76da-a800-7000-8000-000000000006', NULL, NULL, NULL, NULL, NULL, NULL, 776160000, 'QUO-01000-AAAAAA', NULL, 0, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 289.9800, 289.9800, 0.0000, 289.9800, 0.0000, 0.0000);
INSERT INTO public.quotedetail VALUES (19, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006ae', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 39.9800, 1.000000000000, 39.9800, 19.9900, 0.0000, NULL, false, false, 1, 0, NULL, NULL, 'Lamp', 1, 2, 2.00000, 1, NULL, NULL, NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000703', '019b76da-a800-7000-8000-00000000070c', 'Lamp', '019b76da-a800-7000-8000-00000000070a', NULL, NULL, 776160000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 39.9800, 39.9800, 19.9900, 0.0000, NULL, NULL);
INSERT INTO public.quotedetail VALUES (19, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006b0', '019b76da-a800-7000-8000-000000000006', '019b76da-a800-7000-8000-000000000699', 250.0000, 1.000000000000, 250.0000, 250.0000, 0.0000, NULL, false, false, 2, 0, NULL, NULL, 'Desk', 1, 2, 1.00000, 2, NULL, NULL, NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000705', '019b76da-a800-7000-8000-00000000070d', 'Desk', '019b76da-a800-7000-8000-00000000070a', NULL, NULL, 776160000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 250.0000, 250.0000, 250.0000, 0.0000, NULL, NULL);
INSERT INTO public.role VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, NULL, NULL, '106900ef-0c23-5291-91a0-25d525ffa406', 'System Administrator', '019b76da-a800-7000-8000-000000000000', NULL, NULL, false);
INSERT INTO public.systemuser VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, NULL, NULL, NULL, '!', '019b76da-a800-7000-8000-000000000002', 'admin', '019b76da-a800-7000-8000-000000000000', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'admin', NULL, NULL, NULL, NULL, NULL, NULL, false, false, NULL, NULL, NULL, 'admin', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.systemuserroles VALUES (0, NULL, '019b76da-a800-7000-8000-00000000067e', '019b76da-a800-7000-8000-000000000002', '106900ef-0c23-5291-91a0-25d525ffa406');
INSERT INTO public.team VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000008', 'Handsel', NULL, '019b76da-a800-7000-8000-000000000000', NULL, NULL, NULL, NULL, true, NULL, NULL, 0, NULL, NULL, NULL);
INSERT INTO public.transactioncurrency VALUES (0, NULL, '2026-01-01 00:00:00+00', NULL, NULL, '2026-01-01 00:00:00+00', NULL, NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000006', 'US Dollar', 0, 1, NULL, 1.000000000000, 2, '$', 'USD');
INSERT INTO public.transactioncurrency VALUES (5, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000692', 'Euro', 0, 1, NULL, 0.800000000000, 2, '€', 'EUR');
INSERT INTO public.uom VALUES (6, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000699', 'Piece', NULL, '019b76da-a800-7000-8000-000000000697', true, NULL, 1.00000);
INSERT INTO public.uom VALUES (7, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-0000000006a0', 'Dozen', '019b76da-a800-7000-8000-000000000699', '019b76da-a800-7000-8000-000000000697', false, NULL, 12.00000);
INSERT INTO public.uomschedule VALUES (6, NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, '2026-01-01 00:00:00+00', '019b76da-a800-7000-8000-000000000002', NULL, NULL, NULL, '019b76da-a800-7000-8000-000000000697', 'Pieces', 0, 1, NULL, 'Piece', NULL);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 1, true);
SELECT pg_catalog.setval('public.hs_invoicenumber', 1000, false);
SELECT pg_catalog.setval('public.hs_ordernumber', 1000, false);
SELECT pg_catalog.setval('public.hs_quotenumber', 1000, true);
SELECT pg_catalog.setval('public.hs_versionnumber', 19, true);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (accountid);
ALTER TABLE ONLY public.annotation
    ADD CONSTRAINT annotation_pkey PRIMARY KEY (annotationid);
ALTER TABLE ONLY public.asyncoperation
    ADD CONSTRAINT asyncoperation_pkey PRIMARY KEY (asyncoperationid);
ALTER TABLE ONLY public.attributemap
    ADD CONSTRAINT attributemap_pkey PRIMARY KEY (attributemapid);
ALTER TABLE ONLY public.attributemap
    ADD CONSTRAINT attributemap_target UNIQUE (entitymapid, targetattributename);
ALTER TABLE ONLY public.businessunit
    ADD CONSTRAINT businessunit_pkey PRIMARY KEY (businessunitid);
ALTER TABLE ONLY public.competitor
    ADD CONSTRAINT competitor_pkey PRIMARY KEY (competitorid);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (contactid);
ALTER TABLE ONLY public.customeraddress
    ADD CONSTRAINT customeraddress_pkey PRIMARY KEY (customeraddressid);
ALTER TABLE ONLY public.discount
    ADD CONSTRAINT discount_pkey PRIMARY KEY (discountid);
ALTER TABLE ONLY public.discounttype
    ADD CONSTRAINT discounttype_pkey PRIMARY KEY (discounttypeid);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dynamicproperty
    ADD CONSTRAINT dynamicproperty_pkey PRIMARY KEY (dynamicpropertyid);
ALTER TABLE ONLY public.dynamicpropertyassociation
    ADD CONSTRAINT dynamicpropertyassociation_pkey PRIMARY KEY (dynamicpropertyassociationid);
ALTER TABLE ONLY public.dynamicpropertyinstance
    ADD CONSTRAINT dynamicpropertyinstance_pkey PRIMARY KEY (dynamicpropertyinstanceid);
ALTER TABLE ONLY public.dynamicpropertyoptionsetitem
    ADD CONSTRAINT dynamicpropertyoptionsetitem_pkey PRIMARY KEY (dynamicpropertyoptionsetvalueid);
ALTER TABLE ONLY public.entitymap
    ADD CONSTRAINT entitymap_pair UNIQUE (sourceentityname, targetentityname);
ALTER TABLE ONLY public.entitymap
    ADD CONSTRAINT entitymap_pkey PRIMARY KEY (entitymapid);
ALTER TABLE ONLY public.hs_audit
    ADD CONSTRAINT hs_audit_pkey PRIMARY KEY (hs_auditid);
ALTER TABLE ONLY public.hs_client
    ADD CONSTRAINT hs_client_pkey PRIMARY KEY (hs_clientid);
ALTER TABLE ONLY public.hs_counter
    ADD CONSTRAINT hs_counter_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.hs_customcolumn
    ADD CONSTRAINT hs_customcolumn_name UNIQUE (tablename, logicalname);
ALTER TABLE ONLY public.hs_customcolumn
    ADD CONSTRAINT hs_customcolumn_pkey PRIMARY KEY (hs_customcolumnid);
ALTER TABLE ONLY public.hs_customkey
    ADD CONSTRAINT hs_customkey_name UNIQUE (tablename, logicalname);
ALTER TABLE ONLY public.hs_customkey
    ADD CONSTRAINT hs_customkey_pkey PRIMARY KEY (hs_customkeyid);
ALTER TABLE ONLY public.hs_idempotencykey
    ADD CONSTRAINT hs_idempotencykey_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.hs_job
    ADD CONSTRAINT hs_job_pkey PRIMARY KEY (hs_jobid);
ALTER TABLE ONLY public.hs_outbox
    ADD CONSTRAINT hs_outbox_pkey PRIMARY KEY (hs_outboxid);
ALTER TABLE ONLY public.hs_token
    ADD CONSTRAINT hs_token_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.hs_token
    ADD CONSTRAINT hs_token_pkey PRIMARY KEY (hs_tokenid);
ALTER TABLE ONLY public.hs_tombstone
    ADD CONSTRAINT hs_tombstone_pkey PRIMARY KEY (objectid);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_number UNIQUE (invoicenumber);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pkey PRIMARY KEY (invoiceid);
ALTER TABLE ONLY public.invoicedetail
    ADD CONSTRAINT invoicedetail_pkey PRIMARY KEY (invoicedetailid);
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_pkey PRIMARY KEY (leadid);
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_pkey PRIMARY KEY (opportunityid);
ALTER TABLE ONLY public.opportunityclose
    ADD CONSTRAINT opportunityclose_pkey PRIMARY KEY (activityid);
ALTER TABLE ONLY public.opportunitycompetitors
    ADD CONSTRAINT opportunitycompetitors_pair UNIQUE (opportunityid, competitorid);
ALTER TABLE ONLY public.opportunitycompetitors
    ADD CONSTRAINT opportunitycompetitors_pkey PRIMARY KEY (opportunitycompetitorid);
ALTER TABLE ONLY public.opportunityproduct
    ADD CONSTRAINT opportunityproduct_pkey PRIMARY KEY (opportunityproductid);
ALTER TABLE ONLY public.orderclose
    ADD CONSTRAINT orderclose_pkey PRIMARY KEY (activityid);
ALTER TABLE ONLY public.organization
    ADD CONSTRAINT organization_pkey PRIMARY KEY (organizationid);
ALTER TABLE ONLY public.pricelevel
    ADD CONSTRAINT pricelevel_pkey PRIMARY KEY (pricelevelid);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_number UNIQUE (productnumber);
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pkey PRIMARY KEY (productid);
ALTER TABLE ONLY public.productassociation
    ADD CONSTRAINT productassociation_pkey PRIMARY KEY (productassociationid);
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_item UNIQUE (pricelevelid, productid, uomid);
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_pkey PRIMARY KEY (productpricelevelid);
ALTER TABLE ONLY public.productsubstitute
    ADD CONSTRAINT productsubstitute_pkey PRIMARY KEY (productsubstituteid);
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_pkey PRIMARY KEY (quoteid);
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_revision UNIQUE (quotenumber, revisionnumber);
ALTER TABLE ONLY public.quoteclose
    ADD CONSTRAINT quoteclose_pkey PRIMARY KEY (activityid);
ALTER TABLE ONLY public.quotedetail
    ADD CONSTRAINT quotedetail_pkey PRIMARY KEY (quotedetailid);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (roleid);
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_number UNIQUE (ordernumber);
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_pkey PRIMARY KEY (salesorderid);
ALTER TABLE ONLY public.salesorderdetail
    ADD CONSTRAINT salesorderdetail_pkey PRIMARY KEY (salesorderdetailid);
ALTER TABLE ONLY public.savedquery
    ADD CONSTRAINT savedquery_pkey PRIMARY KEY (savedqueryid);
ALTER TABLE ONLY public.sdkmessage
    ADD CONSTRAINT sdkmessage_pkey PRIMARY KEY (sdkmessageid);
ALTER TABLE ONLY public.sdkmessagefilter
    ADD CONSTRAINT sdkmessagefilter_pair UNIQUE (sdkmessageid, primaryobjecttypecode);
ALTER TABLE ONLY public.sdkmessagefilter
    ADD CONSTRAINT sdkmessagefilter_pkey PRIMARY KEY (sdkmessagefilterid);
ALTER TABLE ONLY public.systemuser
    ADD CONSTRAINT systemuser_domainname UNIQUE (domainname);
ALTER TABLE ONLY public.systemuser
    ADD CONSTRAINT systemuser_pkey PRIMARY KEY (systemuserid);
ALTER TABLE ONLY public.systemuserroles
    ADD CONSTRAINT systemuserroles_pair UNIQUE (systemuserid, roleid);
ALTER TABLE ONLY public.systemuserroles
    ADD CONSTRAINT systemuserroles_pkey PRIMARY KEY (systemuserroleid);
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (teamid);
ALTER TABLE ONLY public.teammembership
    ADD CONSTRAINT teammembership_pair UNIQUE (systemuserid, teamid);
ALTER TABLE ONLY public.teammembership
    ADD CONSTRAINT teammembership_pkey PRIMARY KEY (teammembershipid);
ALTER TABLE ONLY public.teamroles
    ADD CONSTRAINT teamroles_pair UNIQUE (teamid, roleid);
ALTER TABLE ONLY public.teamroles
    ADD CONSTRAINT teamroles_pkey PRIMARY KEY (teamroleid);
ALTER TABLE ONLY public.transactioncurrency
    ADD CONSTRAINT transactioncurrency_code UNIQUE (isocurrencycode);
ALTER TABLE ONLY public.transactioncurrency
    ADD CONSTRAINT transactioncurrency_pkey PRIMARY KEY (transactioncurrencyid);
ALTER TABLE ONLY public.uom
    ADD CONSTRAINT uom_pkey PRIMARY KEY (uomid);
ALTER TABLE ONLY public.uomschedule
    ADD CONSTRAINT uomschedule_pkey PRIMARY KEY (uomscheduleid);
ALTER TABLE ONLY public.userquery
    ADD CONSTRAINT userquery_pkey PRIMARY KEY (userqueryid);
CREATE INDEX account_by_accountnumber ON public.account USING btree (lower((accountnumber)::text) COLLATE "C" NULLS FIRST, accountid);
CREATE INDEX account_by_createdon ON public.account USING btree (createdon DESC NULLS LAST, accountid);
CREATE INDEX account_by_name ON public.account USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, accountid);
CREATE INDEX account_by_ownerid_name ON public.account USING btree (ownerid, lower((name)::text) COLLATE "C" NULLS FIRST, accountid);
CREATE INDEX account_by_statecode ON public.account USING btree (statecode, accountid);
CREATE INDEX account_by_statecode_name ON public.account USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, accountid);
CREATE INDEX annotation_objectid_1123104f ON public.annotation USING btree (objectid);
CREATE INDEX attributemap_entitymapid_5655c3ab ON public.attributemap USING btree (entitymapid);
CREATE INDEX contact_by_createdon ON public.contact USING btree (createdon DESC NULLS LAST, contactid);
CREATE INDEX contact_by_fullname ON public.contact USING btree (lower((fullname)::text) COLLATE "C" NULLS FIRST, contactid);
CREATE INDEX contact_by_ownerid_fullname ON public.contact USING btree (ownerid, lower((fullname)::text) COLLATE "C" NULLS FIRST, contactid);
CREATE INDEX contact_by_statecode ON public.contact USING btree (statecode, contactid);
CREATE INDEX contact_by_statecode_fullname ON public.contact USING btree (statecode, lower((fullname)::text) COLLATE "C" NULLS FIRST, contactid);
CREATE INDEX contact_parentcustomerid_e625e31d ON public.contact USING btree (parentcustomerid);
CREATE INDEX customeraddress_parentid_c3bedb7e ON public.customeraddress USING btree (parentid);
CREATE INDEX discount_discounttypeid_38b280ac ON public.discount USING btree (discounttypeid);
CREATE INDEX dynamicproperty_regardingobjectid_adcd94f7 ON public.dynamicproperty USING btree (regardingobjectid);
CREATE INDEX dynamicpropertyassociation_dynamicpropertyid_08f7d70b ON public.dynamicpropertyassociation USING btree (dynamicpropertyid);
CREATE INDEX dynamicpropertyassociation_regardingobjectid_f17e36c1 ON public.dynamicpropertyassociation USING btree (regardingobjectid);
CREATE INDEX dynamicpropertyinstance_regardingobjectid_5d04b7c5 ON public.dynamicpropertyinstance USING btree (regardingobjectid);
CREATE INDEX dynamicpropertyoptionsetitem_dynamicpropertyid_ea9dec62 ON public.dynamicpropertyoptionsetitem USING btree (dynamicpropertyid);
CREATE INDEX hs_audit_row ON public.hs_audit USING btree (objectid, versionnumber);
CREATE INDEX hs_counter_name_ffc59647_like ON public.hs_counter USING btree (name varchar_pattern_ops);
CREATE INDEX hs_idempotencykey_key_d6771a79_like ON public.hs_idempotencykey USING btree (key varchar_pattern_ops);
CREATE UNIQUE INDEX hs_job_unfinished ON public.hs_job USING btree (fingerprint) WHERE (finishedon IS NULL);
CREATE UNIQUE INDEX hs_key_019b76daa8007000800000000000068e ON public.account USING btree (((hs_custom ->> 'new_code'::text)));
CREATE INDEX hs_outbox_order ON public.hs_outbox USING btree (transactionid, hs_outboxid);
CREATE INDEX hs_token_clientid_120caca8 ON public.hs_token USING btree (clientid);
CREATE INDEX hs_token_hash_83ef063e_like ON public.hs_token USING btree (hash varchar_pattern_ops);
CREATE INDEX hs_tombstone_version ON public.hs_tombstone USING btree (objecttypecode, versionnumber);
CREATE INDEX invoice_by_createdon ON public.invoice USING btree (createdon DESC NULLS LAST, invoiceid);
CREATE INDEX invoice_by_invoicenumber ON public.invoice USING btree (lower((invoicenumber)::text) COLLATE "C" NULLS FIRST, invoiceid);
CREATE INDEX invoice_by_name ON public.invoice USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, invoiceid);
CREATE INDEX invoice_by_ownerid_name ON public.invoice USING btree (ownerid, lower((name)::text) COLLATE "C" NULLS FIRST, invoiceid);
CREATE INDEX invoice_by_statecode ON public.invoice USING btree (statecode, invoiceid);
CREATE INDEX invoice_by_statecode_name ON public.invoice USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, invoiceid);
CREATE INDEX invoice_customerid_541919dc ON public.invoice USING btree (customerid);
CREATE INDEX invoice_opportunityid_b0ca5747 ON public.invoice USING btree (opportunityid);
CREATE INDEX invoice_salesorderid_4947c042 ON public.invoice USING btree (salesorderid);
CREATE INDEX invoicedetail_invoiceid_e1cba1ee ON public.invoicedetail USING btree (invoiceid);
CREATE INDEX lead_by_createdon ON public.lead USING btree (createdon DESC NULLS LAST, leadid);
CREATE INDEX lead_by_fullname ON public.lead USING btree (lower((fullname)::text) COLLATE "C" NULLS FIRST, leadid);
CREATE INDEX lead_by_ownerid_fullname ON public.lead USING btree (ownerid, lower((fullname)::text) COLLATE "C" NULLS FIRST, leadid);
CREATE INDEX lead_by_statecode ON public.lead USING btree (statecode, leadid);
CREATE INDEX lead_by_statecode_fullname ON public.lead USING btree (statecode, lower((fullname)::text) COLLATE "C" NULLS FIRST, leadid);
CREATE INDEX lead_customerid_fcf0b674 ON public.lead USING btree (customerid);
CREATE INDEX opportunity_by_createdon ON public.opportunity USING btree (createdon DESC NULLS LAST, opportunityid);
CREATE INDEX opportunity_by_name ON public.opportunity USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, opportunityid);
CREATE INDEX opportunity_by_ownerid_name ON public.opportunity USING btree (ownerid, lower((name)::text) COLLATE "C" NULLS FIRST, opportunityid);
CREATE INDEX opportunity_by_statecode ON public.opportunity USING btree (statecode, opportunityid);
CREATE INDEX opportunity_by_statecode_name ON public.opportunity USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, opportunityid);
CREATE INDEX opportunity_customerid_21634466 ON public.opportunity USING btree (customerid);
CREATE INDEX opportunityclose_opportunityid_5ded9a6d ON public.opportunityclose USING btree (opportunityid);
CREATE INDEX opportunityclose_regardingobjectid_e47a545d ON public.opportunityclose USING btree (regardingobjectid);
CREATE INDEX opportunityproduct_opportunityid_a56ec632 ON public.opportunityproduct USING btree (opportunityid);
CREATE INDEX orderclose_regardingobjectid_be475e5f ON public.orderclose USING btree (regardingobjectid);
CREATE INDEX orderclose_salesorderid_3612c6dc ON public.orderclose USING btree (salesorderid);
CREATE INDEX product_by_createdon ON public.product USING btree (createdon DESC NULLS LAST, productid);
CREATE INDEX product_by_name ON public.product USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, productid);
CREATE INDEX product_by_productnumber ON public.product USING btree (lower((productnumber)::text) COLLATE "C" NULLS FIRST, productid);
CREATE INDEX product_by_statecode ON public.product USING btree (statecode, productid);
CREATE INDEX product_by_statecode_name ON public.product USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, productid);
CREATE INDEX productassociation_productid_c04cb91f ON public.productassociation USING btree (productid);
CREATE INDEX productsubstitute_productid_2fea44e7 ON public.productsubstitute USING btree (productid);
CREATE INDEX quote_by_createdon ON public.quote USING btree (createdon DESC NULLS LAST, quoteid);
CREATE INDEX quote_by_name ON public.quote USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, quoteid);
CREATE INDEX quote_by_ownerid_name ON public.quote USING btree (ownerid, lower((name)::text) COLLATE "C" NULLS FIRST, quoteid);
CREATE INDEX quote_by_quotenumber ON public.quote USING btree (lower((quotenumber)::text) COLLATE "C" NULLS FIRST, quoteid);
CREATE INDEX quote_by_statecode ON public.quote USING btree (statecode, quoteid);
CREATE INDEX quote_by_statecode_name ON public.quote USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, quoteid);
CREATE INDEX quote_customerid_0c41ca0f ON public.quote USING btree (customerid);
CREATE UNIQUE INDEX quote_live_number ON public.quote USING btree (quotenumber) WHERE (statecode = ANY (ARRAY[0, 1]));
CREATE INDEX quote_opportunityid_811bec15 ON public.quote USING btree (opportunityid);
CREATE INDEX quoteclose_quoteid_dd965f3e ON public.quoteclose USING btree (quoteid);
CREATE INDEX quoteclose_regardingobjectid_4fa1b985 ON public.quoteclose USING btree (regardingobjectid);
CREATE INDEX quotedetail_quoteid_e1d23a75 ON public.quotedetail USING btree (quoteid);
CREATE INDEX salesorder_by_createdon ON public.salesorder USING btree (createdon DESC NULLS LAST, salesorderid);
CREATE INDEX salesorder_by_name ON public.salesorder USING btree (lower((name)::text) COLLATE "C" NULLS FIRST, salesorderid);
CREATE INDEX salesorder_by_ordernumber ON public.salesorder USING btree (lower((ordernumber)::text) COLLATE "C" NULLS FIRST, salesorderid);
CREATE INDEX salesorder_by_ownerid_name ON public.salesorder USING btree (ownerid, lower((name)::text) COLLATE "C" NULLS FIRST, salesorderid);
CREATE INDEX salesorder_by_statecode ON public.salesorder USING btree (statecode, salesorderid);
CREATE INDEX salesorder_by_statecode_name ON public.salesorder USING btree (statecode, lower((name)::text) COLLATE "C" NULLS FIRST, salesorderid);
CREATE INDEX salesorder_customerid_1bd0e54e ON public.salesorder USING btree (customerid);
CREATE INDEX salesorder_opportunityid_b2fe6604 ON public.salesorder USING btree (opportunityid);
CREATE INDEX salesorder_quoteid_56e1f260 ON public.salesorder USING btree (quoteid);
CREATE INDEX salesorderdetail_salesorderid_c5814606 ON public.salesorderdetail USING btree (salesorderid);
CREATE INDEX sdkmessagefilter_sdkmessageid_b4810b93 ON public.sdkmessagefilter USING btree (sdkmessageid);
CREATE INDEX systemuserroles_roleid_c0035c77 ON public.systemuserroles USING btree (roleid);
CREATE INDEX team_regardingobjectid_1f5b8d77 ON public.team USING btree (regardingobjectid);
CREATE INDEX teammembership_teamid_3a4d871c ON public.teammembership USING btree (teamid);
CREATE INDEX teamroles_roleid_cd4a70f3 ON public.teamroles USING btree (roleid);
CREATE INDEX uom_uomscheduleid_09dd741a ON public.uom USING btree (uomscheduleid);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_defaultpricelevelid_dc7c294f_fk_pricelevel_pricelevelid FOREIGN KEY (defaultpricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_originatingleadid_1f761034_fk_lead_leadid FOREIGN KEY (originatingleadid) REFERENCES public.lead(leadid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_parentaccountid_509b9384_fk_account_accountid FOREIGN KEY (parentaccountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_preferredsystemuseri_95967e4a_fk_systemuse FOREIGN KEY (preferredsystemuserid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_primarycontactid_0ec28544_fk_contact_contactid FOREIGN KEY (primarycontactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.attributemap
    ADD CONSTRAINT attributemap_entitymapid_5655c3ab_fk_entitymap_entitymapid FOREIGN KEY (entitymapid) REFERENCES public.entitymap(entitymapid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.businessunit
    ADD CONSTRAINT businessunit_parentbusinessunitid_75dfccaa_fk_businessu FOREIGN KEY (parentbusinessunitid) REFERENCES public.businessunit(businessunitid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_accountid_ccda4414_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_defaultpricelevelid_2b53262a_fk_pricelevel_pricelevelid FOREIGN KEY (defaultpricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_originatingleadid_a18ece30_fk_lead_leadid FOREIGN KEY (originatingleadid) REFERENCES public.lead(leadid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_parentcontactid_e8a0b8c6_fk_contact_contactid FOREIGN KEY (parentcontactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_preferredsystemuseri_77e75e7d_fk_systemuse FOREIGN KEY (preferredsystemuserid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.discount
    ADD CONSTRAINT discount_discounttypeid_38b280ac_fk_discounttype_discounttypeid FOREIGN KEY (discounttypeid) REFERENCES public.discounttype(discounttypeid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.dynamicproperty
    ADD CONSTRAINT dynamicproperty_basedynamicpropertyi_f2762fa1_fk_dynamicpr FOREIGN KEY (basedynamicpropertyid) REFERENCES public.dynamicproperty(dynamicpropertyid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.dynamicproperty
    ADD CONSTRAINT dynamicproperty_defaultvalueoptionse_04d897d1_fk_dynamicpr FOREIGN KEY (defaultvalueoptionset) REFERENCES public.dynamicpropertyoptionsetitem(dynamicpropertyoptionsetvalueid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.dynamicpropertyassociation
    ADD CONSTRAINT dynamicpropertyassoc_dynamicpropertyid_08f7d70b_fk_dynamicpr FOREIGN KEY (dynamicpropertyid) REFERENCES public.dynamicproperty(dynamicpropertyid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.dynamicpropertyinstance
    ADD CONSTRAINT dynamicpropertyinsta_dynamicpropertyid_98f3a07e_fk_dynamicpr FOREIGN KEY (dynamicpropertyid) REFERENCES public.dynamicproperty(dynamicpropertyid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.dynamicpropertyoptionsetitem
    ADD CONSTRAINT dynamicpropertyoptio_dynamicpropertyid_ea9dec62_fk_dynamicpr FOREIGN KEY (dynamicpropertyid) REFERENCES public.dynamicproperty(dynamicpropertyid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_accountid_5571bd58_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_contactid_71603dc4_fk_contact_contactid FOREIGN KEY (contactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_opportunityid_b0ca5747_fk_opportunity_opportunityid FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_pricelevelid_a3e93c7b_fk_pricelevel_pricelevelid FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT invoice_salesorderid_4947c042_fk_salesorder_salesorderid FOREIGN KEY (salesorderid) REFERENCES public.salesorder(salesorderid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoicedetail
    ADD CONSTRAINT invoicedetail_invoiceid_e1cba1ee_fk_invoice_invoiceid FOREIGN KEY (invoiceid) REFERENCES public.invoice(invoiceid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoicedetail
    ADD CONSTRAINT invoicedetail_productid_862d3352_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoicedetail
    ADD CONSTRAINT invoicedetail_salesorderdetailid_a424248d_fk_salesorde FOREIGN KEY (salesorderdetailid) REFERENCES public.salesorderdetail(salesorderdetailid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invoicedetail
    ADD CONSTRAINT invoicedetail_uomid_3628f572_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_accountid_db6c8441_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_contactid_7f294a45_fk_contact_contactid FOREIGN KEY (contactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_parentaccountid_90517baf_fk_account_accountid FOREIGN KEY (parentaccountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_parentcontactid_d095f395_fk_contact_contactid FOREIGN KEY (parentcontactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT lead_qualifyingopportunit_0718ac0f_fk_opportuni FOREIGN KEY (qualifyingopportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_accountid_259341f8_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_contactid_3791853f_fk_contact_contactid FOREIGN KEY (contactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_originatingleadid_b32b1520_fk_lead_leadid FOREIGN KEY (originatingleadid) REFERENCES public.lead(leadid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_parentaccountid_abb40f11_fk_account_accountid FOREIGN KEY (parentaccountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_parentcontactid_e5ded179_fk_contact_contactid FOREIGN KEY (parentcontactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunity
    ADD CONSTRAINT opportunity_pricelevelid_bdca0f46_fk_pricelevel_pricelevelid FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunityclose
    ADD CONSTRAINT opportunityclose_competitorid_9a443b95_fk_competito FOREIGN KEY (competitorid) REFERENCES public.competitor(competitorid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunityclose
    ADD CONSTRAINT opportunityclose_opportunityid_5ded9a6d_fk_opportuni FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunitycompetitors
    ADD CONSTRAINT opportunitycompetito_competitorid_1b8214eb_fk_competito FOREIGN KEY (competitorid) REFERENCES public.competitor(competitorid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunitycompetitors
    ADD CONSTRAINT opportunitycompetito_opportunityid_505881cc_fk_opportuni FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunityproduct
    ADD CONSTRAINT opportunityproduct_opportunityid_a56ec632_fk_opportuni FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunityproduct
    ADD CONSTRAINT opportunityproduct_productid_8df83b6f_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.opportunityproduct
    ADD CONSTRAINT opportunityproduct_uomid_93be150b_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.orderclose
    ADD CONSTRAINT orderclose_salesorderid_3612c6dc_fk_salesorder_salesorderid FOREIGN KEY (salesorderid) REFERENCES public.salesorder(salesorderid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_defaultuomid_c2853850_fk_uom_uomid FOREIGN KEY (defaultuomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_defaultuomscheduleid_dd57126c_fk_uomschedu FOREIGN KEY (defaultuomscheduleid) REFERENCES public.uomschedule(uomscheduleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_parentproductid_842bee53_fk_product_productid FOREIGN KEY (parentproductid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_pricelevelid_7d06e746_fk_pricelevel_pricelevelid FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productassociation
    ADD CONSTRAINT productassociation_associatedproduct_abe57ae4_fk_product_p FOREIGN KEY (associatedproduct) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productassociation
    ADD CONSTRAINT productassociation_productid_c04cb91f_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productassociation
    ADD CONSTRAINT productassociation_uomid_e1f24f6a_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_discounttypeid_8ee3141d_fk_discountt FOREIGN KEY (discounttypeid) REFERENCES public.discounttype(discounttypeid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_pricelevelid_14dacec1_fk_priceleve FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_productid_ffb199fd_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_uomid_4ca656ea_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productpricelevel
    ADD CONSTRAINT productpricelevel_uomscheduleid_e7cb9e4a_fk_uomschedu FOREIGN KEY (uomscheduleid) REFERENCES public.uomschedule(uomscheduleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productsubstitute
    ADD CONSTRAINT productsubstitute_productid_2fea44e7_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.productsubstitute
    ADD CONSTRAINT productsubstitute_substitutedproductid_d34500a1_fk_product_p FOREIGN KEY (substitutedproductid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_accountid_444a9342_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_contactid_fa1b407e_fk_contact_contactid FOREIGN KEY (contactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_opportunityid_811bec15_fk_opportunity_opportunityid FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quote
    ADD CONSTRAINT quote_pricelevelid_bdd7cdc2_fk_pricelevel_pricelevelid FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quoteclose
    ADD CONSTRAINT quoteclose_quoteid_dd965f3e_fk_quote_quoteid FOREIGN KEY (quoteid) REFERENCES public.quote(quoteid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quotedetail
    ADD CONSTRAINT quotedetail_productid_56d9465d_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quotedetail
    ADD CONSTRAINT quotedetail_quoteid_e1d23a75_fk_quote_quoteid FOREIGN KEY (quoteid) REFERENCES public.quote(quoteid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quotedetail
    ADD CONSTRAINT quotedetail_uomid_6314dae3_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_businessunitid_082c96d0_fk_businessunit_businessunitid FOREIGN KEY (businessunitid) REFERENCES public.businessunit(businessunitid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_parentroleid_1b3e6bd0_fk_role_roleid FOREIGN KEY (parentroleid) REFERENCES public.role(roleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_parentrootroleid_f3ce7906_fk_role_roleid FOREIGN KEY (parentrootroleid) REFERENCES public.role(roleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_accountid_c98378f1_fk_account_accountid FOREIGN KEY (accountid) REFERENCES public.account(accountid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_contactid_8e9951da_fk_contact_contactid FOREIGN KEY (contactid) REFERENCES public.contact(contactid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_opportunityid_b2fe6604_fk_opportunity_opportunityid FOREIGN KEY (opportunityid) REFERENCES public.opportunity(opportunityid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_pricelevelid_64f2b2c1_fk_pricelevel_pricelevelid FOREIGN KEY (pricelevelid) REFERENCES public.pricelevel(pricelevelid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorder
    ADD CONSTRAINT salesorder_quoteid_56e1f260_fk_quote_quoteid FOREIGN KEY (quoteid) REFERENCES public.quote(quoteid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorderdetail
    ADD CONSTRAINT salesorderdetail_productid_0cb9af45_fk_product_productid FOREIGN KEY (productid) REFERENCES public.product(productid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorderdetail
    ADD CONSTRAINT salesorderdetail_quotedetailid_09d2fabe_fk_quotedeta FOREIGN KEY (quotedetailid) REFERENCES public.quotedetail(quotedetailid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorderdetail
    ADD CONSTRAINT salesorderdetail_salesorderid_c5814606_fk_salesorde FOREIGN KEY (salesorderid) REFERENCES public.salesorder(salesorderid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.salesorderdetail
    ADD CONSTRAINT salesorderdetail_uomid_3212a293_fk_uom_uomid FOREIGN KEY (uomid) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sdkmessagefilter
    ADD CONSTRAINT sdkmessagefilter_sdkmessageid_b4810b93_fk_sdkmessag FOREIGN KEY (sdkmessageid) REFERENCES public.sdkmessage(sdkmessageid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.systemuser
    ADD CONSTRAINT systemuser_businessunitid_289c793e_fk_businessu FOREIGN KEY (businessunitid) REFERENCES public.businessunit(businessunitid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.systemuser
    ADD CONSTRAINT systemuser_parentsystemuserid_84e78027_fk_systemuse FOREIGN KEY (parentsystemuserid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.systemuserroles
    ADD CONSTRAINT systemuserroles_roleid_c0035c77_fk_role_roleid FOREIGN KEY (roleid) REFERENCES public.role(roleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.systemuserroles
    ADD CONSTRAINT systemuserroles_systemuserid_3fd88fc7_fk_systemuse FOREIGN KEY (systemuserid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_administratorid_aa9ac8a2_fk_systemuser_systemuserid FOREIGN KEY (administratorid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_businessunitid_7759f7f2_fk_businessunit_businessunitid FOREIGN KEY (businessunitid) REFERENCES public.businessunit(businessunitid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.teammembership
    ADD CONSTRAINT teammembership_systemuserid_9d089cdc_fk_systemuser_systemuserid FOREIGN KEY (systemuserid) REFERENCES public.systemuser(systemuserid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.teammembership
    ADD CONSTRAINT teammembership_teamid_3a4d871c_fk_team_teamid FOREIGN KEY (teamid) REFERENCES public.team(teamid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.teamroles
    ADD CONSTRAINT teamroles_roleid_cd4a70f3_fk_role_roleid FOREIGN KEY (roleid) REFERENCES public.role(roleid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.teamroles
    ADD CONSTRAINT teamroles_teamid_86820a8a_fk_team_teamid FOREIGN KEY (teamid) REFERENCES public.team(teamid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.uom
    ADD CONSTRAINT uom_baseuom_d1d20d05_fk_uom_uomid FOREIGN KEY (baseuom) REFERENCES public.uom(uomid) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.uom
    ADD CONSTRAINT uom_uomscheduleid_09dd741a_fk_uomschedule_uomscheduleid FOREIGN KEY (uomscheduleid) REFERENCES public.uomschedule(uomscheduleid) DEFERRABLE INITIALLY DEFERRED;
